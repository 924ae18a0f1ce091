// Checks the CycloneDX document against CycloneDX's own schema, its internal references, and the files on the
// disk.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

// The schema refers to the other two by relative paths.
exports.compile = (ajv, packages) => {
  const directory = path.join(packages, 'node_modules/@cyclonedx/cyclonedx-library/res/schema');
  const read = (name) => JSON.parse(fs.readFileSync(path.join(directory, `${name}.SNAPSHOT.schema.json`), 'utf8'));
  for (const name of ['spdx', 'jsf-0.82']) {
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(read('bom-1.6'));
};

const hashOf = (component, algorithm) => component.hashes?.find(({alg}) => alg === algorithm)?.content;
const isFile = ({type}) => type === 'file';

// Every component occurs once and has its own entry of dependencies; the project reaches every required
// component and no excluded one.
function* faultsOfReferences({metadata, components, dependencies}) {
  const refs = [metadata.component, ...components].map((component) => component['bom-ref']);
  const entries = dependencies.map(({ref}) => ref);
  for (const ref of refs) {
    if (refs.filter((other) => other === ref).length > 1) yield `${ref} is there twice`;
    if (entries.filter((entry) => entry === ref).length !== 1) yield `${ref} has not one entry of dependencies`;
  }
  for (const ref of dependencies.flatMap(({ref, dependsOn = []}) => [ref, ...dependsOn])) {
    if (!refs.includes(ref)) yield `${ref} is not there`;
  }
  const reached = new Set([metadata.component['bom-ref']]);
  for (const from of reached) {
    for (const to of dependencies.find(({ref}) => ref === from)?.dependsOn ?? []) reached.add(to);
  }
  for (const component of components) {
    const ref = component['bom-ref'];
    if (reached.has(ref) !== (component.scope === 'required')) yield `${ref} is ${component.scope}`;
  }
}

function* faultsOfLicences(components, isExpression) {
  for (const {name, licenses} of components) {
    for (const {expression, license} of licenses ?? [{expression: 'none'}]) {
      if (!isExpression(expression ?? license.id)) yield `${name}: ${expression ?? license.id} is no licence`;
    }
  }
}

exports.purls = ({components}) => components.filter((component) => !isFile(component)).map(({purl}) => purl);

// For a document whose form is valid.
exports.faults = function* (document, {isExpression, faultsOfPurl, disk}) {
  const all = [document.metadata.component, ...document.components];
  const origins = document.components.filter((component) => !isFile(component));
  yield* faultsOfReferences(document);
  yield* faultsOfLicences(all, isExpression);
  for (const {purl, name, version} of [document.metadata.component, ...origins]) {
    yield* faultsOfPurl(purl, name, version);
  }
  yield* disk.faultsOfFiles(document.components.filter(isFile).map((file) => (
    {name: file.name, sha1: hashOf(file, 'SHA-1'), sha256: hashOf(file, 'SHA-256')})));
  yield* disk.faultsOfPackages(origins.map((component) => ({...component, sha256: hashOf(component, 'SHA-256')})));
};
