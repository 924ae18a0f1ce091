// Checks the SPDX document: its form, its internal references, and the files on the disk.
'use strict';
const {digest} = require('./disk.js');
const schema = require('./spdx_schema.js');

const checksumOf = (element, algorithm) =>
  element.checksums?.find((checksum) => checksum.algorithm === algorithm)?.checksumValue;
const purlOf = (element) =>
  element.externalRefs.find(({referenceType}) => referenceType === 'purl').referenceLocator;

// Every element occurs once, every relationship connects two elements, and each element has one.
function* faultsOfReferences(document) {
  const elements = [document, ...document.packages, ...document.files];
  const ids = elements.map(({SPDXID}) => SPDXID);
  const related = document.relationships.flatMap((one) => [one.spdxElementId, one.relatedSpdxElement]);
  for (const id of ids) {
    if (ids.filter((other) => other === id).length > 1) yield `${id} is there twice`;
    if (!related.includes(id)) yield `${id} is related to nothing`;
  }
  for (const id of related) if (!ids.includes(id)) yield `${id} is not there`;
}

// The elements that each type of relationship connects, and the number of them that every file has.
function* faultsOfRelationships({packages, files, relationships}) {
  const [project, ...origins] = packages.map(({SPDXID}) => SPDXID);
  const fileIds = files.map(({SPDXID}) => SPDXID);
  const sides = {
    DESCRIBES: [['SPDXRef-DOCUMENT'], [project]],
    CONTAINS: [[project], fileIds],
    STATIC_LINK: [fileIds, origins],
    GENERATED_FROM: [fileIds, origins],
    BUILD_DEPENDENCY_OF: [origins, [project, ...fileIds]],
    BUILD_TOOL_OF: [origins, [project]],
  };
  for (const {spdxElementId, relationshipType, relatedSpdxElement} of relationships) {
    const [from, to] = sides[relationshipType];
    if (!from.includes(spdxElementId) || !to.includes(relatedSpdxElement)) {
      yield `${spdxElementId} cannot be ${relationshipType} ${relatedSpdxElement}`;
    }
  }
  const count = (file, type, origin) => relationships.filter((one) => one.relationshipType === type &&
    [one.spdxElementId, one.relatedSpdxElement].includes(file) && origin.test(one.relatedSpdxElement)).length;
  for (const file of fileIds) {
    if (count(file, 'CONTAINS', /./) !== 1) yield `${file} is not contained once`;
    if (count(file, 'STATIC_LINK', /^SPDXRef-musl-/) !== 1) yield `${file} is not linked with one musl`;
    if (count(file, 'GENERATED_FROM', /^SPDXRef-libcpp-/) !== 1) yield `${file} has no libc++`;
  }
}

// A package that is linked cannot be needed only for building.
function* faultsOfUse({relationships}) {
  const linked = relationships.filter(({relationshipType}) => relationshipType === 'STATIC_LINK')
    .map(({spdxElementId, relatedSpdxElement}) => `${relatedSpdxElement} of ${spdxElementId}`);
  for (const {spdxElementId, relationshipType, relatedSpdxElement} of relationships) {
    const use = `${spdxElementId} of ${relatedSpdxElement}`;
    if (relationshipType === 'BUILD_DEPENDENCY_OF' && linked.includes(use)) yield `${use} is linked and is not`;
  }
}

function* faultsOfLicences({packages, files}, isExpression) {
  for (const {SPDXID, licenseDeclared, licenseConcluded} of [...packages, ...files]) {
    for (const licence of [licenseDeclared, licenseConcluded]) {
      if (licence !== undefined && licence !== 'NOASSERTION' && !isExpression(licence)) {
        yield `${SPDXID}: ${licence} is no licence`;
      }
    }
  }
}

exports.purls = (document) => document.packages.slice(1).map(purlOf);

exports.compile = (ajv) => ajv.compile(schema);

// For a document whose form is valid.
exports.faults = function* (document, {isExpression, faultsOfPurl, disk}) {
  yield* faultsOfReferences(document);
  yield* faultsOfRelationships(document);
  yield* faultsOfUse(document);
  yield* faultsOfLicences(document, isExpression);
  for (const element of document.packages) yield* faultsOfPurl(purlOf(element), element.name, element.versionInfo);

  yield* disk.faultsOfFiles(document.files.map((file) => (
    {name: file.fileName.slice(2), sha1: checksumOf(file, 'SHA1'), sha256: checksumOf(file, 'SHA256')})));
  yield* disk.faultsOfPackages(document.packages.slice(1).map((element) => (
    {name: element.name, version: element.versionInfo, purl: purlOf(element), sha256: checksumOf(element, 'SHA256')})));
  // 7.9.1: the digests in order, concatenated.
  const code = digest('sha1', disk.files.map(({sha1}) => sha1).sort().join(''));
  if (document.packages[0].packageVerificationCode.packageVerificationCodeValue !== code) {
    yield 'the verification code is not that of the files';
  }
};
