public import ATProtocol

/// The answer to `AT+CSQ` (TS 27.007 8.5).
public struct SignalQuality: Hashable, Sendable {
    /// 0 to 31; nil: not known (99).
    public var rssi: Int?
    /// Class of the bit error rate, 0 to 7; nil: not known (99).
    public var bitErrorRate: Int?

    /// -113 to -51.
    public var dBm: Int? { rssi.map { -113 + 2 * $0 } }

    /// Nil: not a line of this kind.
    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CSQ"), let rssi = answer.integer(0), let rate = answer.integer(1)
        else { return nil }
        self.rssi = (0...31).contains(rssi) ? rssi : nil
        bitErrorRate = (0...7).contains(rate) ? rate : nil
    }

    public var words: String {
        dBm.map { "rssi \($0) dBm" } ?? "signal not known: no network found, or no antenna"
    }
}
