// The requirements of SPDX 2.3 for the fields that our document has, written from clauses 6 to 11 of the
// specification, and stricter than it if we promise more. No package of Debian's or npm's has SPDX's own JSON
// schema; every field, type and value that is allowed here is allowed there, and a field that is not listed
// here is a fault.
'use strict';

const text = {type: 'string', minLength: 1};
const matching = (pattern) => ({type: 'string', pattern});
const oneOf = (...values) => ({type: 'string', enum: values});
const list = (items, minItems = 1) => ({type: 'array', items, minItems, uniqueItems: true});
const record = (required, optional = {}) => ({
  type: 'object',
  properties: {...required, ...optional},
  required: Object.keys(required),
  additionalProperties: false,
});

const id = matching('^SPDXRef-[A-Za-z0-9.-]+$');  // 3.2, 7.2, 8.2
const agent = matching('^(Organization|Person): \\S.*$');
const checksum = (algorithm, digits) =>
  record({algorithm: {const: algorithm}, checksumValue: matching(`^[0-9a-f]{${digits}}$`)});
const sha1 = checksum('SHA1', 40);
const sha256 = checksum('SHA256', 64);

const externalRef = {
  oneOf: [
    record({
      referenceCategory: {const: 'PACKAGE-MANAGER'},
      referenceType: {const: 'purl'},
      referenceLocator: matching('^pkg:[a-z]+/\\S+$'),
    }),
    record({
      referenceCategory: {const: 'SECURITY'},
      referenceType: {const: 'cpe23Type'},
      referenceLocator: matching('^cpe:2\\.3:[aho](:[^:\\s]+){10}$'),
    }),
  ],
};

// 7: the files of the project are known, and for its build inputs the digest of the whole.
const aboutPackage = {
  SPDXID: id,
  name: text,
  versionInfo: text,
  supplier: agent,
  downloadLocation: oneOf('NOASSERTION', 'NONE'),
  licenseDeclared: text,
  licenseConcluded: text,
  copyrightText: text,
  primaryPackagePurpose: oneOf('APPLICATION', 'LIBRARY', 'SOURCE'),
  externalRefs: list(externalRef),
};
const project = record({
  ...aboutPackage,
  filesAnalyzed: {const: true},
  packageVerificationCode: record({packageVerificationCodeValue: matching('^[0-9a-f]{40}$')}),  // 7.9
  licenseInfoFromFiles: list(text),
});
const origin = record(
  {...aboutPackage, filesAnalyzed: {const: false}},
  {packageFileName: text, checksums: list(sha256)},
);

// 8: SHA1 is mandatory (8.4).
const file = record({
  SPDXID: id,
  fileName: matching('^\\./[^/]+$'),
  fileTypes: list({const: 'BINARY'}),
  checksums: {type: 'array', items: [sha1, sha256], minItems: 2, maxItems: 2},
  licenseConcluded: text,
  licenseInfoInFiles: list(text),
  copyrightText: text,
  comment: text,
});

// 11.1
const relationship = record(
  {
    spdxElementId: id,
    relationshipType: oneOf('DESCRIBES', 'CONTAINS', 'STATIC_LINK', 'GENERATED_FROM', 'BUILD_DEPENDENCY_OF',
                            'BUILD_TOOL_OF'),
    relatedSpdxElement: id,
  },
  {comment: text},
);

module.exports = record({
  spdxVersion: {const: 'SPDX-2.3'},
  dataLicense: {const: 'CC0-1.0'},
  SPDXID: {const: 'SPDXRef-DOCUMENT'},
  name: text,
  documentNamespace: matching('^https://[^#\\s]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),  // 6.5
  creationInfo: record({
    created: matching('^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$'),  // 6.9
    creators: list(matching('^(Organization|Person|Tool): \\S.*$')),  // 6.8
  }),
  packages: {type: 'array', items: [project], additionalItems: origin, minItems: 2},
  files: list(file),
  relationships: list(relationship),
});
