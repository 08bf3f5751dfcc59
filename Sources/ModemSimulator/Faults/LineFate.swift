/// What faults do to one command line.
struct LineFate: Sendable {
    /// Neither echo nor answer nor effect.
    var isMute = false
    /// Echoed and carried out, but not answered.
    var isUnanswered = false
    var delay: Duration = .zero
    var echoDelay: Duration = .zero
    var prompt = Prompt.given
    /// Refused without being looked at.
    var refusal: Refusal?
    /// The result is this code, whatever happens.
    var resultCode: Int?
    var losesResult = false
    /// Faults that happen between the echo and the execution.
    var strikes: [Int] = []

    enum Prompt: Equatable, Sendable {
        case given
        case late(Duration)
        /// Data are expected without one.
        case lost
    }
}
