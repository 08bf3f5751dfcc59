/// What faults do to one command line.
struct LineFate: Sendable {
    /// Neither echo nor answer nor effect.
    var isMute = false
    /// Echoed and carried out, but not answered.
    var isUnanswered = false
    var delay: Duration = .zero
    var echoDelay: Duration = .zero
    var promptDelay: Duration?
    /// Refused without being looked at, in the name of this command.
    var refusal: Refusal?
    var refusedName = ""
    /// The result is this code, whatever happens.
    var resultCode: Int?
    var losesResult = false
}
