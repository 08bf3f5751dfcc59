/// Why the program ends, as its parent sees it. The one place where exit codes are decided.
package enum ExitStatus: Int32, Error, Sendable {
    case pass = 0
    /// A check, a limit or a modem command failed.
    case failed = 1
    /// Usage, or an input file that cannot be read or does not parse.
    case usage = 2
    case scriptError = 3
    /// Port, modem or broker not found.
    case notFound = 4
    case portBusy = 5
    case timeout = 6
    /// The operator or the script's own abort.
    case aborted = 7
    case tryAgain = 75
    case interrupted = 130
    case terminated = 143
}
