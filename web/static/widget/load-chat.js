/** How the launcher comes by the conversation: as a module with the words of one language in it. */
const load = async (beginning) => {
  const chat = await import(ROOT + "w/1/chat/" + beginning(".js"));
  return [chat.begin, chat.words];
};
