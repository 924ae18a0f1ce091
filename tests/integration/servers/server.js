// The test's service on Node.js: port 8080 on both families, and a Unix socket.
'use strict';
const http = require('node:http');

const text = 'the service is well\n';
const pages = {
  '/ok': (request, response) => {
    response.setHeader('Content-Length', text.length);
    response.end(request.method === 'HEAD' ? undefined : text);
  },
  '/chunked': (request, response) => {
    for (const piece of ['the service', ' is we', 'll\n']) response.write(piece);
    response.end();
  },
  '/broken': (request, response) => { response.statusCode = 503; response.end('ill\n'); },
  '/moved': (request, response) => { response.writeHead(301, {Location: 'http://127.0.0.1:9000/trap'}); response.end(); },
  '/slow': () => {},
  '/headers': (request, response) => { response.setHeader('X-Large', 'x'.repeat(8000)); response.end(text); },
  '/private': (request, response) => {
    const right = 'Basic ' + Buffer.from('probe:secret').toString('base64');
    response.statusCode = request.headers.authorization === right ? 200 : 401;
    response.end();
  },
  '/host': (request, response) => { response.statusCode = request.headers.host === 'app.example' ? 200 : 421; response.end(); },
};

const serve = (request, response) => {
  const page = pages[request.url];
  if (page) return page(request, response);
  response.statusCode = 404;
  response.end();
};
for (const address of [[8080, '127.0.0.1'], [8080, '::1'], [process.argv[2]]]) {
  const server = http.createServer({keepAliveTimeout: 60000}, serve);
  server.listen(...address);
}
