internal import LuaRuntime
internal import ModemScripting

/// A run as JUnit XML: one test case a step, the run's own verdict where it had no step.
struct JUnitReport {
    let facts: LuaTable
    let report: RunReport

    var text: String {
        let suite = facts["script"].text ?? "run"
        let cases = report.steps.map { testCase($0.name, $0.attempts.last, suite) }
        let own = cases.isEmpty || (report.outcome != .pass && report.steps.allSatisfy { $0.outcome == .pass })
        let all = cases + (own ? [ownCase(suite)] : [])
        let outcomes = report.steps.map(\.outcome) + (own ? [report.outcome] : [])
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="\(escaped(suite))" tests="\(all.count)" failures="\(outcomes.count { $0 == .fail })" \
            errors="\(outcomes.count { [.error, .timeout, .aborted].contains($0) })" \
            skipped="\(outcomes.count { $0 == .skip })" time="\(report.duration.seconds)">
            \(all.joined(separator: "\n"))
            </testsuite>

            """
    }

    private func testCase(_ name: String, _ attempt: RunReport.Attempt?, _ suite: String) -> String {
        element(
            name,
            suite,
            seconds: attempt?.duration.seconds ?? 0,
            outcome: attempt?.outcome ?? .aborted,
            message: attempt?.failure?.message
        )
    }

    private func ownCase(_ suite: String) -> String {
        element("run", suite, seconds: report.duration.seconds, outcome: report.outcome, message: report.reason)
    }

    private func element(
        _ name: String,
        _ suite: String,
        seconds: Double,
        outcome: RunReport.Outcome,
        message: String?
    ) -> String {
        let message = escaped(message ?? outcome.rawValue)
        let inner: String? =
            switch outcome {
            case .pass: nil
            case .fail: "<failure message=\"\(message)\"/>"
            case .error, .timeout, .aborted: "<error message=\"\(message)\"/>"
            case .skip: "<skipped message=\"\(message)\"/>"
            }
        let start = "  <testcase name=\"\(escaped(name))\" classname=\"\(escaped(suite))\" time=\"\(seconds)\""
        return inner.map { "\(start)>\($0)</testcase>" } ?? "\(start)/>"
    }

    /// Control characters have no place in XML 1.0, not even escaped.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t": result += " "
            case _ where scalar.value < 0x20: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
