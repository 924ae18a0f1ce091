# Runs the integration tests once more as on an older kernel and under an older engine
# (harness/start/kernel_profile.hpp). cannot_in_profiles.txt lists the tests that do not apply, each with the
# reason.
function(add_profiles target prefix)
  set(list ${PROJECT_SOURCE_DIR}/tests/integration/cannot_in_profiles.txt)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
  foreach(profile linux-4.4 old-engine)
    file(STRINGS ${list} lines REGEX "^(${profile}|both) ")
    list(TRANSFORM lines REPLACE "^[^ ]+ " "")
    list(JOIN lines ":" cannot)
    gtest_discover_tests(${target} TEST_PREFIX ${profile}.${prefix}. TEST_LIST ${target}_${profile}
      TEST_FILTER -${cannot} DISCOVERY_TIMEOUT 60
      PROPERTIES LABELS integration TIMEOUT 900 ENVIRONMENT DISTROLESS_PROFILE=${profile})
  endforeach()
endfunction()
