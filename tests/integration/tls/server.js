// The test's TLS services on Node.js. Each argument is one of them as JSON: the options of tls.createServer,
// "port", "directory", of certificate and key, "record", the size of records, and "script", with some of the
// words of scripted/server.cpp, always with "notify" at the end.
'use strict';
const fs = require('node:fs');
const https = require('node:https');
const tls = require('node:tls');

const body = 'the service is well\n'.repeat(100);
const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

// The answer up to the last place that the script names.
function partOfAnswer(script) {
  if (script.includes('half')) return answer.slice(0, -body.length / 2);
  return script.includes('start') ? answer.slice(0, answer.indexOf('Length')) : '';
}

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
