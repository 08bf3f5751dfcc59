import A7600
import LuaRuntime

/// The words scripts use for the numbers of an SSL context.
enum TLSVocabulary {
    /// In the order of `sslversion`.
    static let versions = ["ssl3", "tls1.0", "tls1.1", "tls1.2", "all"]
    /// In the order of `authmode`.
    static let verifications = ["none", "server", "mutual", "client"]

    /// One field of a context: its name in scripts, its keyword on the wire.
    struct Field: Sendable {
        var name: String
        var keyword: Profile.SSLKeyword
    }

    static let fields: [Field] = [
        Field(name: "version", keyword: .sslversion),
        Field(name: "verify", keyword: .authmode),
        Field(name: "ca", keyword: .cacert),
        Field(name: "cert", keyword: .clientcert),
        Field(name: "key", keyword: .clientkey),
        Field(name: "key_password", keyword: .password),
        Field(name: "ignore_local_time", keyword: .ignorelocaltime),
        Field(name: "negotiate_timeout", keyword: .negotiatetime),
        Field(name: "sni", keyword: .enableSNI),
    ]

    /// A value of the wire as scripts see it.
    static func value(_ argument: Argument, of keyword: Profile.SSLKeyword) -> LuaValue {
        switch (keyword, argument) {
        case (.sslversion, .integer(let number)): word(number, among: versions)
        case (.authmode, .integer(let number)): word(number, among: verifications)
        case (.ignorelocaltime, .integer(let number)), (.enableSNI, .integer(let number)): .boolean(number != 0)
        case (_, .integer(let number)): .integer(number)
        case (_, .string(let bytes)), (_, .word(let bytes)): .string(bytes)
        case (_, .omitted): .nil
        }
    }

    private static func word(_ number: Int, among words: [String]) -> LuaValue {
        words.indices.contains(number) ? .text(words[number]) : .integer(number)
    }

    /// For messages: `"ca.pem"`, `mutual`, `true`.
    static func shown(_ argument: Argument, of keyword: Profile.SSLKeyword) -> String {
        switch value(argument, of: keyword) {
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .string(let bytes):
            keyword == .sslversion || keyword == .authmode
                ? String(decoding: bytes, as: UTF8.self) : "\"\(String(decoding: bytes, as: UTF8.self))\""
        case .nil, .number, .table, .object, .function: "nothing"
        }
    }
}

extension LuaTable {
    init(_ settings: TLSSettings, profile: Profile) {
        self.init()
        for field in TLSVocabulary.fields where profile.sslKeywords.contains(field.keyword) {
            guard let value = settings.value(of: field.keyword) else { continue }
            self[field.name] = TLSVocabulary.value(value, of: field.keyword)
        }
    }
}
