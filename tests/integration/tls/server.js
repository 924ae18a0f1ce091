// The test's TLS services on Node.js. Each argument is one of them as JSON: the options of tls.createServer,
// "port", and "directory", of certificate and key.
'use strict';
const fs = require('node:fs');
const https = require('node:https');

for (const argument of process.argv.slice(2)) {
  const {port, directory, ...options} = JSON.parse(argument);
  options.cert = fs.readFileSync(directory + '/certificate');
  options.key = fs.readFileSync(directory + '/key');
  const server = https.createServer(options, (request, response) => response.end('the service is well\n'));
  server.on('tlsClientError', (error) => console.error('tlsClientError', port, error.code));
  server.listen(port, '127.0.0.1');
}
