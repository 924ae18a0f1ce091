// The test's gRPC service on grpc-js. It uses the same ports as server.go, and loads only the packages it
// needs from node_modules.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const {createRequire} = require('node:module');
// Resolve packages from their own directory, which is not this file's.
const load = createRequire(path.join(process.argv[3], 'x.js'));
const grpc = load('@grpc/grpc-js');
const {HealthImplementation} = load('grpc-health-check');
const directory = process.argv[2];

const serve = (addresses, add, credentials = grpc.ServerCredentials.createInsecure()) => {
  const server = new grpc.Server();
  add(server);
  for (const address of addresses) {
    server.bindAsync(address, credentials, (error) => { if (error) throw error; });
  }
};
const health = (statuses) => new HealthImplementation(statuses);
const answering = (handler) => (server) => {
  const service = load('grpc-health-check').service;
  server.addService(service, {check: handler, watch: handler, list: handler});
};

const known = health({'': 'SERVING', ready: 'SERVING', broken: 'NOT_SERVING'});
serve(['127.0.0.1:8080', '[::1]:8080', `unix:${directory}/socket`], (server) => known.addToServer(server));
serve(['127.0.0.1:8081'], () => {});
const late = health({'': 'NOT_SERVING'});
serve(['127.0.0.1:8082'], (server) => late.addToServer(server));
serve(['127.0.0.1:8083'], answering(() => {}));
serve(['127.0.0.1:8084'],
      answering((call, reply) => reply({code: grpc.status.UNAUTHENTICATED, details: 'who are you?'})));
const pair = {private_key: fs.readFileSync(`${directory}/key`), cert_chain: fs.readFileSync(`${directory}/certificate`)};
serve(['127.0.0.1:8443'], (server) => known.addToServer(server), grpc.ServerCredentials.createSsl(null, [pair]));
process.stdin.once('data', () => late.setStatus('', 'SERVING'));
