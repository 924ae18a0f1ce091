// The test's TLS service on Node.js, on port 8443. Its argument is JSON: the options of tls.createServer, and
// "directory", of certificate and key.
'use strict';
const fs = require('node:fs');
const https = require('node:https');

const {directory, ...options} = JSON.parse(process.argv[2]);
options.cert = fs.readFileSync(directory + '/certificate');
options.key = fs.readFileSync(directory + '/key');
const server = https.createServer(options, (request, response) => response.end('the service is well\n'));
server.on('tlsClientError', (error) => console.error('tlsClientError', error.code));
server.listen(8443, '127.0.0.1');
