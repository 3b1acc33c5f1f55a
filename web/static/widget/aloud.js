/* Reading aloud, where the device itself has a voice of the reply's language: other voices send the text away. It never
   starts by itself: at home, being heard can be a danger. */

const speech = window.speechSynthesis;
if (speech) speech.getVoices(); // some browsers begin to look for voices when first asked

const quiet = () => speech && speech.cancel();

/** `item`, with a button that reads `text` where that can be done. */
const aloud = (item, text, language) => {
  const voice = speech && speech.getVoices().find((each) => each.localService && each.lang.slice(0, 2) === language.slice(0, 2));
  if (!voice) return item;
  const { listen, stop } = words.strings;
  const button = make(["button", 0, listen]);
  button.onclick = () => {
    const busy = speech.speaking;
    quiet();
    if (busy) return;
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice;
    spoken.onend = spoken.onerror = () => { button.textContent = listen; };
    button.textContent = stop;
    speech.speak(spoken);
  };
  item.append(button);
  return item;
};
