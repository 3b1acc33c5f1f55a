/** How a script that has the conversation in itself, and can so be pinned by its hash, comes by the words. */
const load = async (beginning) => {
  const options = { credentials: "omit", referrerPolicy: "no-referrer" };
  const response = await fetch(ROOT + "w/1/start/" + beginning(".json"), options);
  if (!response.ok) throw response.status;
  return [begin, await response.json()];
};
