// The test's TLS services on Bun, whose TLS is BoringSSL. Each argument is one of them as JSON: the options of
// Bun.listen's "tls", "port", "directory", of certificate and key, and "script" (answer.mjs). Bun.serve says
// nothing of a broken handshake.
import fs from 'node:fs';
import {partOfAnswer} from './answer.mjs';

function listen({port, directory, script, ...options}) {
  options.cert = fs.readFileSync(directory + '/certificate', 'utf8');
  options.key = fs.readFileSync(directory + '/key', 'utf8');
  const handshake = (socket, succeeded, error) => {
    socket.data = '';
    if (!succeeded) console.error('error', port, error?.code);
    else if (!script.includes('request')) socket.end();
  };
  const data = (socket, bytes) => {
    socket.data += bytes;
    if (socket.data.endsWith('\r\n\r\n')) socket.end(partOfAnswer(script));
  };
  const error = (socket, reason) => console.error('error', port, reason.message);
  Bun.listen({hostname: '127.0.0.1', port, tls: options, socket: {handshake, data, error}});
}

for (const argument of process.argv.slice(2)) listen(JSON.parse(argument));
