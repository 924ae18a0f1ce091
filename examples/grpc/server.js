// A gRPC service with the standard health service beside it, which healthcheck asks.
//
// Environment: PORT (50051). Signals: USR2 begins and ends maintenance, during which it is NOT_SERVING; TERM
// and INT stop it gracefully.
'use strict';
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const {loadSync} = require('@grpc/proto-loader');
const {HealthImplementation} = require('grpc-health-check');

const {Greeter} = grpc.loadPackageDefinition(loadSync(path.join(__dirname, 'greeter.proto'))).example;
const port = process.env.PORT || '50051';
let serving = true;

const say = (text) => console.log(`greeter: ${text}`);
const health = new HealthImplementation();
const tellHealth = () => {
  const status = serving ? 'SERVING' : 'NOT_SERVING';
  for (const service of ['', 'example.Greeter']) health.setStatus(service, status);
  say(status);
};

const server = new grpc.Server();
server.addService(Greeter.service, {
  greet: (call, reply) => reply(null, {text: `Hello, ${call.request.name}`}),
});
health.addToServer(server);

const stop = (signal) => {
  say(`stopping on ${signal}`);
  // It finishes calls in flight and refuses new ones.
  server.tryShutdown((error) => {
    if (error) throw error;
    say('stopped');
    process.exit(0);
  });
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('SIGUSR2', () => {
  serving = !serving;
  tellHealth();
});

server.bindAsync(`0.0.0.0:${port}`, grpc.ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
  tellHealth();
});
