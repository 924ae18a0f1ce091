// Reads the disk independently of the generator: the digests of the shipped files and the sysroots' packages.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const digest = (algorithm, content) => crypto.createHash(algorithm).update(content).digest('hex');

exports.digest = digest;

exports.files = (dist) => fs.readdirSync(dist).filter((name) => /^(init|healthcheck|healthcheck-tls)-linux-/.test(name)).map((name) => {
  const content = fs.readFileSync(path.join(dist, name));
  return {name, sha1: digest('sha1', content), sha256: digest('sha256', content)};
});

// Each line of each sysroot's .complete file, once.
exports.packages = (sysroots) => {
  const lines = fs.readdirSync(sysroots).flatMap((architecture) =>
    fs.readFileSync(path.join(sysroots, architecture, '.complete'), 'utf8').trimEnd().split('\n'));
  return [...new Set(lines)].map((line) => {
    const [name, version, architecture, sha256] = line.split(' ');
    return {name, version, architecture, sha256};
  });
};
