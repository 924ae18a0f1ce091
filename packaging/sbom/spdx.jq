# Writes the model as SPDX 2.3. A digest of the rest replaces @UUID@ afterwards.
include "model";

def id: "SPDXRef-" + gsub("\\+"; "p");
def package_id: "\(.name)-\(.architecture)" | id;
def document_id: "SPDXRef-DOCUMENT";

def relation($from; $type; $to): {spdxElementId: $from, relationshipType: $type, relatedSpdxElement: $to};
def relation($from; $type; $to; $comment): relation($from; $type; $to) + {comment: $comment};

def reference($category; $type; $locator):
  {referenceCategory: $category, referenceType: $type, referenceLocator: $locator};

def project:
  {
    SPDXID: (.name | id),
    name,
    versionInfo: .version,
    supplier: "Organization: \(.authors)",
    downloadLocation: "NOASSERTION",
    filesAnalyzed: true,
    packageVerificationCode: {packageVerificationCodeValue: .verification},
    licenseDeclared: .licence,
    licenseConcluded: (.files | map(.licences) | add | unique | sort_by(. != "MIT") | join(" AND ")),
    licenseInfoFromFiles: ["NONE"],
    copyrightText: .copyright,
    primaryPackagePurpose: "APPLICATION",
    externalRefs: [reference("PACKAGE-MANAGER"; "purl"; "pkg:generic/\(.name)@\(.version)")]
  };

def file:
  {
    SPDXID: (.name | id),
    fileName: "./\(.name)",
    fileTypes: ["BINARY"],
    checksums: [{algorithm: "SHA1", checksumValue: .sha1}, {algorithm: "SHA256", checksumValue: .sha256}],
    licenseConcluded: (.licences | join(" AND ")),
    licenseInfoInFiles: ["NONE"],
    copyrightText: "NOASSERTION",
    comment: "\(.program) for linux/\(.architecture)"
  };

def purpose:
  if .use == "build tool" then "APPLICATION"
  else "LIBRARY" end;

def package:
  {
    SPDXID: package_id,
    name,
    versionInfo: .version,
    supplier: "Organization: Debian",
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    licenseDeclared: .licence,
    licenseConcluded: (if .use | IN("linked", "compiled in") then .licence else "NOASSERTION" end),
    copyrightText: "NOASSERTION",
    primaryPackagePurpose: purpose
  }
  + if .sha256 then {
      packageFileName: .file_name,
      checksums: [{algorithm: "SHA256", checksumValue: .sha256}]
    } else {} end
  + {externalRefs: ([reference("PACKAGE-MANAGER"; "purl"; .purl)]
                    + if .cpe then [reference("SECURITY"; "cpe23Type"; .cpe)] else [] end)};

def relations_of_file($packages):
  (.name | id) as $file
  | .architecture as $architecture
  | [.linked[].package] as $linked
  | ($packages | map({(.purl): package_id}) | add) as $ids
  | (.linked[] | relation($file; "STATIC_LINK"; $ids[.package]; "linked: \(.members | join(" "))")),
    (.compiled[] | relation($file; "GENERATED_FROM"; $ids[.];
                            "inline functions and templates of its headers; nothing of its library is linked")),
    ($packages[]
     | select(.for != null and (.for | index($architecture)) and (.purl | IN($linked[]) | not))
     | relation(package_id; "BUILD_DEPENDENCY_OF"; $file));

def relations:
  . as $model
  | (.name | id) as $project
  | relation(document_id; "DESCRIBES"; $project),
    (.files[] | relation($project; "CONTAINS"; .name | id)),
    (.files[] | relations_of_file($model.packages)),
    (.packages[] | select(.for == null and .use == "build dependency")
     | relation(package_id; "BUILD_DEPENDENCY_OF"; $project)),
    (.packages[] | select(.use == "build tool") | relation(package_id; "BUILD_TOOL_OF"; $project));

model($facts)
| {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: document_id,
    name: "\(.name)-\(.version)",
    # The form that the specification offers to creators without a web site (6.5).
    documentNamespace: "https://spdx.org/spdxdocs/\(.name)-\(.version)-@UUID@",
    creationInfo: {
      created,
      creators: ["Organization: \(.authors)", "Tool: \(.name)-sbom-\(.version)"]
    },
    packages: ([project] + (.packages | map(package))),
    files: (.files | map(file)),
    relationships: [relations]
  }
