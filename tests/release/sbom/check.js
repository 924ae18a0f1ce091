// Checks a release's bill of materials; prints a line for each fault and exits with 1 if there is any:
//
//   check.js PACKAGES DIST SYSROOTS DOCUMENT...
//
// A CycloneDX document must have the same packages as the SPDX document before it.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const {createRequire} = require('node:module');
const disk = require('./disk.js');
const spdx = require('./spdx.js');
const cyclonedx = require('./cyclonedx.js');
const [packages, dist, sysroots, ...documents] = process.argv.slice(2);
// Resolve packages from their own directory, which is not this file's.
const load = createRequire(path.join(packages, 'x.js'));
const Ajv = load('ajv');
const {PackageURL} = load('packageurl-js');
const parse = load('spdx-expression-parse');

const validator = () => {
  const ajv = new Ajv({allErrors: true, strict: false});
  load('ajv-formats')(ajv);
  load('ajv-formats-draft2019')(ajv, {formats: ['idn-email', 'iri-reference']});
  return ajv;
};

const isExpression = (text) => {
  try {
    return parse(text) !== undefined;
  } catch {
    return false;
  }
};

// Compares the canonical form, of the element that has it.
function* faultsOfPurl(text, name, version) {
  const purl = PackageURL.fromString(text);
  if (purl.toString() !== text) yield `${text} should be written ${purl}`;
  if (purl.name !== name || purl.version !== version) yield `${text} is not of ${name} ${version}`;
}

// Both lists must be the same; prints a line for each difference.
function* differences(said, there, what) {
  for (const line of said) if (!there.includes(line)) yield `${what} is not so: ${line}`;
  for (const line of there) if (!said.includes(line)) yield `${what} is not said: ${line}`;
}

const files = disk.files(dist);
const packagesThere = disk.packages(sysroots);
const fileLine = ({name, sha1, sha256}) => `${name} ${sha1} ${sha256}`;
const packageLine = ({name, version, architecture, sha256}) => `${name} ${version} ${architecture} ${sha256}`;
const onDisk = {
  files,
  faultsOfFiles: (said) => differences(said.map(fileLine), files.map(fileLine), 'a file'),
  // Those with a digest: packages installed on the machine no longer have one.
  faultsOfPackages: (said) => differences(
    said.filter(({sha256}) => sha256 !== undefined).map(({name, version, purl, sha256}) => packageLine(
      {name, version, architecture: PackageURL.fromString(purl).qualifiers.arch, sha256})),
    packagesThere.map(packageLine), 'a package'),
};

const forms = {
  spdx: {...spdx, validate: spdx.compile(validator())},
  cdx: {...cyclonedx, validate: cyclonedx.compile(validator(), packages)},
};

let before = [];  // the purls of the last SPDX document
const faultsOf = (name) => {
  const {validate, faults, purls} = forms[name.split('.').at(-2)];
  const document = JSON.parse(fs.readFileSync(name, 'utf8'));
  if (!validate(document)) {
    return validate.errors.map(
      ({instancePath, message, params}) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  }
  const found = [...faults(document, {isExpression, faultsOfPurl, disk: onDisk})];
  if (faults === cyclonedx.faults) found.push(...differences(purls(document), before, 'a package'));
  else before = purls(document);
  return found;
};

const faults = documents.flatMap((name) => faultsOf(name).map((fault) => `${path.basename(name)}: ${fault}`));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
