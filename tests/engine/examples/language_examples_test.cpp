// Tests claims in the READMEs of examples that hold for only one of them.
#include <gtest/gtest.h>
#include <signal.h>

#include "engines/container.hpp"
#include "engines/suite.hpp"
#include "harness/proc.hpp"
#include "images/images.hpp"

namespace engine {
namespace {

using Words = std::vector<std::string>;

Container running(const std::string& name) { return {the_engine(), example(the_engine(), name)}; }

TEST(JavaExample, SignalReachesVirtualMachine) {
  const Container service = running("java");
  service.wait_for_health("healthy");
  service.kill("QUIT");
  service.wait_for_log("Full thread dump");
}

TEST(JavaExample, OnlyTheStatusOfAStopIsMapped) {
  const Container service = running("java");
  service.wait_for_health("healthy");
  const std::vector<pid_t> programs = harness::children_of(service.init_pid());
  ASSERT_EQ(programs.size(), 1U);
  ASSERT_EQ(::kill(programs.front(), SIGKILL), 0);
  EXPECT_EQ(service.wait(), 128 + SIGKILL);
}

struct Question {
  const char* example;
  Words command;
  const char* answer;  // part of healthcheck's message
};

const Question questions[] = {
    {"c", {"--send=hello", "--expect=hello", "-v", "tcp://localhost:7000"}, "the expected text came"},
    {"node", {"-v", ":3000/healthz"}, "200 OK"},
    {"python", {"-v", ":8000/healthz"}, "200 OK"},
    {"python", {":8000/nowhere"}, "404 Not Found"},
};

TEST(LanguageExamples, AnswerAProbeRunByHand) {
  for (const Question& question : questions) {
    const Container service = running(question.example);
    service.wait_for_health("healthy");
    Words command{"/healthcheck"};
    command.insert(command.end(), question.command.begin(), question.command.end());
    const harness::Outcome outcome = service.exec(command);
    EXPECT_TRUE(outcome.err.contains(question.answer)) << outcome.err;
  }
}

}  // namespace
}  // namespace engine
