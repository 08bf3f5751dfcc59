import A7600

/// Why a command is not carried out, as it stands in the answer.
enum Refusal: Error, Equatable, Sendable {
    /// Order E: `ERROR` alone.
    case error
    /// A final result code of general commands.
    case cme(CMEError)
    /// Order C: the command's result line with this code, then `ERROR`. No client: the result has no index.
    case result(ResultCode, client: Int?)
    /// A result line with this code, then `OK` (`cfgFail` of the SIM7600).
    case resultThenOK(ResultCode, client: Int)
    /// This line, then `ERROR`.
    case line(String)
}
