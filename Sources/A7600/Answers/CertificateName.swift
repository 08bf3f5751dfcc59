public import ATProtocol

/// A line of `AT+CCERTLIST`: the name of a stored file.
public struct CertificateName: Hashable, Sendable {
    public var name: String

    public init?(_ line: Line) {
        guard let answer = AnswerLine(line, prefix: "+CCERTLIST"), let name = answer.text(0), !name.isEmpty else {
            return nil
        }
        self.name = name
    }
}
