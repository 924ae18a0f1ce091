// Checks Kubernetes manifests: check.js PACKAGES MANIFEST...     Prints a line for each fault; exits with 1
// if there is any.
//
// The API's schemas come in two forms. Its TypeScript types find a field that does not exist, which a JSON
// schema accepts; its JSON schemas find an invalid value.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const {createRequire} = require('node:module');
const [packages, ...files] = process.argv.slice(2);
// Resolve packages from their own directory, which is not this file's.
const load = createRequire(path.join(packages, 'x.js'));
const ts = load('typescript');
const yaml = load('yaml');

// The file that has a document's type, and its name there.
const typeOf = ({apiVersion, kind}) => {
  if (apiVersion === undefined) return {from: './documents', name: 'DebugContainer'};
  if (apiVersion.startsWith('kyverno.io/')) return {from: './documents', name: kind};
  return {from: `kubernetes-models/${apiVersion}`, name: `I${kind}`, model: kind};
};

// Kyverno marks an optional field of a pattern: =(name).
const withoutAnchors = (text) => text.replace(/"=\((\w+)\)":/g, '"$1":');

const documents = files.flatMap((file) => {
  const parsed = yaml.parseAllDocuments(fs.readFileSync(file, 'utf8'), {merge: true});
  return parsed.map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return {file: path.basename(file), content: document.toJS()};
  });
});

const sources = new Map(documents.map(({content}, index) => {
  const {from, name} = typeOf(content);
  const literal = withoutAnchors(JSON.stringify(content, null, 2));
  return [path.join(packages, `${index}.ts`),
          `import type {${name} as Type} from '${from}';\nexport const it: Type = ${literal};\n`];
}));
sources.set(path.join(packages, 'documents.ts'), fs.readFileSync(path.join(__dirname, 'documents.ts'), 'utf8'));

const faultsOfTypes = () => {
  const options = {strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022,
                   module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10};
  const host = ts.createCompilerHost(options);
  const {fileExists, getSourceFile, readFile} = host;
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, target) => sources.has(name) ? ts.createSourceFile(name, sources.get(name), target)
                                                           : getSourceFile(name, target);
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({file, messageText}) => {
    const document = documents[parseInt(path.basename(file?.fileName ?? ''), 10)];
    return `${document?.file ?? file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
};

const faultsOfSchemas = () => documents.flatMap(({file, content}) => {
  const {from, model} = typeOf(content);
  if (model === undefined) return [];
  try {
    new (load(from)[model])(content).validate();
    return [];
  } catch (error) {
    return [`${file}: ${error.message}`];
  }
});

const faults = [...faultsOfTypes(), ...faultsOfSchemas()];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
