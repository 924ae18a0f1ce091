// The test's TLS services on Deno, whose TLS is rustls. Each argument is one of them as JSON: the options of
// Deno.listenTls, "directory", of certificate and key, and "script" (answer.mjs). Deno has no setting of the
// version, the group or the cipher suite, and Deno.serve says nothing of a broken handshake.
import {partOfAnswer} from './answer.mjs';

// Returns an incomplete one if the client closes.
async function readRequest(connection) {
  const buffer = new Uint8Array(4096);
  let request = '';
  while (!request.endsWith('\r\n\r\n')) {
    const size = await connection.read(buffer);
    if (size === null) break;
    request += new TextDecoder().decode(buffer.subarray(0, size));
  }
  return request;
}

async function converse(connection, script) {
  await connection.handshake();
  if (script.includes('request') && await readRequest(connection) === '') return;
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(partOfAnswer(script)));
  writer.releaseLock();
  await connection.closeWrite();  // with close_notify
  const buffer = new Uint8Array(4096);
  while (await connection.read(buffer) !== null) {}
}

async function serve({directory, script, ...options}) {
  const cert = Deno.readTextFileSync(directory + '/certificate');
  const key = Deno.readTextFileSync(directory + '/key');
  for await (const connection of Deno.listenTls({...options, hostname: '127.0.0.1', cert, key})) {
    converse(connection, script)
      .catch((error) => console.error('error', options.port, error.message))
      .finally(() => connection.close());
  }
}

for (const argument of Deno.args) serve(JSON.parse(argument));
