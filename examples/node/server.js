// A small web service on Node.js's own HTTP server.
//
// Environment: PORT (3000). Signals: TERM and INT stop it gracefully.
'use strict';
const http = require('node:http');

const say = (text) => console.log(`server: ${text}`);

const server = http.createServer((request, response) => {
  const known = request.url === '/' || request.url === '/healthz';
  response.writeHead(known ? 200 : 404, {'Content-Type': 'text/plain'});
  response.end(known ? 'ok\n' : 'not found\n');
});

const stop = (signal) => {
  say(`stopping on ${signal}`);
  // It finishes requests in flight, and does not wait for idle keep-alive connections.
  server.close(() => say('stopped'));
  server.closeIdleConnections();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

server.listen(process.env.PORT || 3000, () => say('started'));
