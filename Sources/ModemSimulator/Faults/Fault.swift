/// Something that goes wrong on purpose: what, where, when, how often.
///
/// The text form is `name[=value][@condition[,condition…]]`, for example `mute@AT+CSQ`, `drop-byte@p=0.001`,
/// `reboot@5s`, `speed=9600`, `vanish@AT+CMQTTPUB,for=2s,n=1`.
package struct Fault: Equatable, Sendable {
    package var kind: Kind
    package var place: Place

    package init(_ kind: Kind, _ place: Place = Place()) {
        self.kind = kind
        self.place = place
    }

    /// Where and when a fault strikes. Conditions are joined by *and*.
    package struct Place: Equatable, Sendable {
        /// Beginning of the command line, such as `AT+CSQ`, in capitals.
        package var command: String?
        /// The next received message, in its middle.
        package var isInFrame = false
        /// From when on, counted from the moment the fault is injected.
        package var after: Duration = .zero
        /// How long; nil: without end.
        package var lasting: Duration?
        /// Again and again at this interval; only for faults that happen at a moment.
        package var every: Duration?
        /// Chance per byte or per command, 0 to 1.
        package var probability: Double?
        /// How often at most.
        package var count: Int?
        package var direction = Direction.toHost
        package var seed: UInt64?

        package init() {}
    }

    package enum Direction: String, CaseIterable, Sendable { case toHost = "out", toModule = "in" }

    package enum Kind: Equatable, Sendable {
        // Commands.
        /// Neither echo nor answer nor effect.
        case mute
        /// Echoed and carried out, not answered.
        case noAnswer
        case delay(Duration)
        /// The echo comes this much later, behind an answer that is not delayed.
        case lateEcho(Duration)
        /// The prompt comes this much later; what the host sends meanwhile is data.
        case promptStall(Duration)
        /// Data are expected, the prompt is never sent.
        case promptLost
        /// `ERROR`, without effect.
        case error
        case cme(Int)
        /// The result line has this code.
        case result(Int)
        /// The result line never comes; the operation takes place.
        case lostResult

        // Bytes.
        case dropByte
        case duplicateByte
        case garble
        /// A NUL before a byte.
        case nul
        /// Host and module use different rates: every byte is another one.
        case wrongBaud
        /// Pieces of at most this many bytes, with pauses between them.
        case chunk(Int)
        /// Bits per second of a real line.
        case speed(Int)

        // Moments and states.
        case reboot
        case vanish
        case detach
        case noSIM
        case brokerGone
        case clock1970
        case storeFull
        /// So many numbered unsolicited lines.
        case urcStorm(Int)
        /// Error 14 while a received message is on the line.
        case busyWhileReceiving
    }
}
