// Runs every sequence of events up to a depth, for every policy, and checks the rules after each event.
// Sequences that lead to the same state are followed once.
#include <gtest/gtest.h>

#include <compare>
#include <set>
#include <utility>

#include "init/supervisor_events.hpp"

namespace init {
namespace {

// The events. Time passes to the deadline, or to one second after it, as when the machine was frozen.
enum class Step : std::uint8_t { Stop, HangUp, ProgramEnds, Reaps, OthersEnd, Deadline, LateDeadline };
constexpr Step steps[] = {Step::Stop,      Step::HangUp,   Step::ProgramEnds, Step::Reaps,
                          Step::OthersEnd, Step::Deadline, Step::LateDeadline};

// The world that the supervisor acts in, and what has happened there.
struct World {
  Supervisor supervisor;
  Policy policy;
  Instant now = at(0);
  int running;
  Remaining others;                       // processes that PROGRAM leaves
  int first_status = -1;                  // of the program that ended first
  Instant first_stop = Instant::never();  // when the first stop signal was forwarded or its substitute sent
  Instant requested = Instant::never();   // when a stop was first asked for
  Instant left_alone = Instant::never();  // when PROGRAM had ended and others were left
  bool over = false;

  friend auto operator<=>(const World&, const World&) = default;
};

// Returns the policy of this number: every combination of the options that matter to the supervisor has one.
struct Choice {
  Policy policy{};
  int programs = 1;
};
constexpr int choices = 2 * 2 * 2 * 2 * 2 * 2 * 3;

constexpr Choice choice(int number) {
  auto pick = [&](int kinds) { return std::exchange(number, number / kinds) % kinds; };
  constexpr Duration drains[] = {seconds(5), milliseconds(100), Duration{}};
  Choice chosen;
  Policy& policy = chosen.policy;
  chosen.programs = 1 + pick(2);
  if (pick(2) == 1) policy.scope = Scope::All;
  policy.wait_all = pick(2) == 1;
  if (pick(2) == 1) policy.stop_delay = seconds(2);
  if (pick(2) == 1) policy.grace = seconds(3);
  if (pick(2) == 1) policy.rewrite.set(SIGTERM, 0);
  policy.drain = drains[pick(3)];
  return chosen;
}

void expect_rules(World& world, Action action, int policy) {
  const Policy& rules = world.policy;
  bool nobody_runs = world.running == 0;
  bool takes_signals = !nobody_runs || rules.scope == Scope::All || rules.wait_all;
  switch (action.kind) {
    case Kind::Forward:
      EXPECT_TRUE(takes_signals) << policy << ": a signal went to a PID that may have been reused";
      EXPECT_NE(action.signal, 0) << policy << ": a dropped signal was forwarded";
      if (action.and_continue && world.first_stop == Instant::never()) world.first_stop = world.now;
      break;
    case Kind::TerminateRemaining:
      EXPECT_TRUE(nobody_runs && !rules.wait_all) << policy << ": asked to stop what nobody wanted stopped";
      if (world.requested != Instant::never() && world.first_stop == Instant::never())
        world.first_stop = world.now;
      break;
    case Kind::KillRemaining: {
      bool grace_over =
          rules.grace && world.first_stop != Instant::never() && world.now >= world.first_stop + rules.grace;
      bool drain_over = !rules.wait_all && world.left_alone != Instant::never() &&
                        world.now >= world.left_alone + rules.drain;
      EXPECT_TRUE(grace_over || drain_over) << policy << ": killed before its time";
      break;
    }
    case Kind::Exit:
      EXPECT_TRUE(nobody_runs) << policy << ": exited although PROGRAM runs";
      EXPECT_TRUE(world.others == Remaining::None || !rules.drain)
          << policy << ": left processes without a word";
      EXPECT_EQ(action.status, world.first_status) << policy;
      world.over = true;
      break;
    case Kind::GiveUp:
      world.over = true;
      break;
    default:
      break;
  }
  if (world.over) return;
  EXPECT_TRUE(world.supervisor.has_programs() == !nobody_runs) << policy;
  bool drains = world.left_alone != Instant::never() && !rules.wait_all;
  if (drains) {
    EXPECT_NE(world.supervisor.deadline(), Instant::never()) << policy << ": would wait for ever";
  }
}

// Returns whether this can happen now.
bool is_possible(const World& world, Step step) {
  switch (step) {
    case Step::ProgramEnds:
      return world.running > 0;
    case Step::Reaps:
      return world.running == 0;
    case Step::OthersEnd:
      return world.running == 0 && world.others != Remaining::None;
    case Step::Deadline:
    case Step::LateDeadline:
      return world.supervisor.deadline() != Instant::never();
    default:
      return true;
  }
}

Action reap(World& world) {
  if (world.running == 0 && world.others != Remaining::None && world.left_alone == Instant::never())
    world.left_alone = world.now;
  return world.supervisor.on(Reaped{world.others, world.now});
}

Action take(World& world, Step step) {
  switch (step) {
    case Step::Stop:
      if (world.policy.rewrite[SIGTERM] != 0) world.requested = std::min(world.requested, world.now);
      return world.supervisor.on(SignalArrived{SIGTERM, world.now});
    case Step::HangUp:
      return world.supervisor.on(SignalArrived{SIGHUP, world.now});
    case Step::ProgramEnds: {
      int status = 40 + world.running--;
      if (world.first_status < 0) world.first_status = status;
      return world.supervisor.on(ProgramEnded{status, world.now});
    }
    case Step::Reaps:
      return reap(world);
    case Step::OthersEnd:
      world.others = Remaining::None;
      return reap(world);
    case Step::LateDeadline:
      world.now = world.supervisor.deadline() + seconds(1);
      return world.supervisor.on(TimePassed{world.now});
    case Step::Deadline:
      world.now = std::max(world.now, world.supervisor.deadline());
      return world.supervisor.on(TimePassed{world.now});
  }
  return {};
}

// The worlds that were followed, each with the number of steps that it was followed for.
using Followed = std::set<std::pair<int, World>>;

void explore(const World& world, int policy, int depth, Followed& followed) {
  if (depth == 0 || world.over || testing::Test::HasFailure()) return;
  if (!followed.emplace(depth, world).second) return;
  for (Step step : steps) {
    if (!is_possible(world, step)) continue;
    World next = world;
    Instant deadline = next.supervisor.deadline();
    Action action = take(next, step);
    expect_rules(next, action, policy);
    // A deadline that has passed must do something, or init would spin.
    if (step == Step::Deadline) {
      EXPECT_TRUE(action.kind != Kind::Nothing || next.supervisor.deadline() > deadline) << policy;
    }
    explore(next, policy, depth - 1, followed);
  }
}

// By the processes that PROGRAM leaves.
class SupervisorExploration : public testing::TestWithParam<Remaining> {};

TEST_P(SupervisorExploration, RulesHoldAfterEverySequenceOfEvents) {
  constexpr int depth = 9;
  std::size_t states = 0;
  for (int number = 0; number < choices; ++number) {
    const auto [policy, programs] = choice(number);
    Followed followed;
    explore({.supervisor = {policy, programs}, .policy = policy, .running = programs, .others = GetParam()},
            number, depth, followed);
    states += followed.size();
  }
  RecordProperty("states", static_cast<int>(states));
  EXPECT_GT(states, 40'000U);
}

INSTANTIATE_TEST_SUITE_P(Remaining, SupervisorExploration,
                         testing::Values(Remaining::None, Remaining::Children, Remaining::Strangers));

}  // namespace
}  // namespace init
