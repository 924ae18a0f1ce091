// The test's TLS services on Node.js. Each argument is one of them as JSON: the options of tls.createServer,
// "port", "directory", of certificate and key, "record", the size of records, and "script" (answer.mjs).
import fs from 'node:fs';
import https from 'node:https';
import tls from 'node:tls';
import {body, partOfAnswer} from './answer.mjs';

// After end(), Node.js reads until the client's end.
function converse(socket, script) {
  socket.on('error', (error) => console.error('error of a script', error.code));
  if (!script.includes('request')) return socket.end();
  let request = '';
  socket.on('data', (data) => {
    request += data;
    if (request.endsWith('\r\n\r\n')) socket.end(partOfAnswer(script));
  });
}

for (const argument of process.argv.slice(2)) {
  const {port, directory, record, script, ...options} = JSON.parse(argument);
  options.cert = fs.readFileSync(directory + '/certificate');
  options.key = fs.readFileSync(directory + '/key');
  const server = script === undefined
    ? https.createServer(options, (request, response) => response.end(body))
    : tls.createServer(options, (socket) => converse(socket, script));
  if (record !== undefined) server.on('secureConnection', (socket) => socket.setMaxSendFragment(record));
  server.on('tlsClientError', (error) => console.error('tlsClientError', port, error.code));
  server.listen(port, '127.0.0.1');
}
