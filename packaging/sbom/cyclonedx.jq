# Writes the model as CycloneDX 1.6. A digest of the rest replaces @UUID@ afterwards.
include "model";

def licences($acknowledgement):
  if test(" ") then [{expression: ., acknowledgement: $acknowledgement}]
  else [{license: {id: ., acknowledgement: $acknowledgement}}] end;

def reference: "pkg:generic/\(.name)@\(.version)";

def property($name; $value): {name: "distroless-init:\($name)", value: $value};

def project:
  {
    type: "application",
    "bom-ref": reference,
    supplier: {name: .authors},
    name,
    version,
    licenses: (.licence | licences("declared")),
    copyright,
    purl: reference
  };

# One property for each package from which something was linked, with the names of the linked parts.
def file($version; $packages):
  ($packages | map({(.purl): .name}) | add) as $names
  | {
      type: "file",
      "bom-ref": .name,
      name,
      version: $version,
      scope: "required",
      hashes: [{alg: "SHA-1", content: .sha1}, {alg: "SHA-256", content: .sha256}],
      licenses: (.licences | join(" AND ") | licences("concluded")),
      properties: ([property("platform"; "linux/\(.architecture)")]
                   + (.linked | map(property("linked:\($names[.package])"; .members | join(" ")))))
    };

# CycloneDX's word "excluded" means that it is not present when the programs run.
def package:
  {
    type: (if .use == "build tool" then "application" else "library" end),
    "bom-ref": .purl,
    supplier: {name: "Debian"},
    name,
    version,
    scope: (if .use | IN("linked", "compiled in") then "required" else "excluded" end)
  }
  + if .sha256 then {hashes: [{alg: "SHA-256", content: .sha256}]} else {} end
  + {licenses: (.licence | licences("declared"))}
  + if .cpe then {cpe} else {} end
  + {
      purl,
      properties: ([property("use"; .use)]
                   + if .file_name then [property("hash-of"; .file_name)] else [] end)
    };

def dependencies:
  {ref: reference, dependsOn: (.files | map(.name))},
  (.files[] | {ref: .name, dependsOn: ([.linked[].package] + .compiled)}),
  (.packages[] | {ref: .purl});

model($facts)
| . as $model
| {
    "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: "urn:uuid:@UUID@",
    version: 1,
    metadata: {
      timestamp: .created,
      lifecycles: [{phase: "build"}],
      tools: {components: [{type: "application", name: "\(.name)-sbom", version}]},
      manufacturer: {name: .authors},
      component: project
    },
    components: ((.files | map(file($model.version; $model.packages))) + (.packages | map(package))),
    dependencies: [dependencies]
  }
