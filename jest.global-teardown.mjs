export default async function stopServers() {
  await globalThis.valetkeyPostgres?.stop();
}
