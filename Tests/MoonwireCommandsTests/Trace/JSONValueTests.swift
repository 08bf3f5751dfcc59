import Testing

@testable import MoonwireCommands

@Suite struct JSONValueTests {
    @Test(arguments: [
        "null", "true", "-12", "1.5", "\"\"", "[]", "{}", "[1,[2,{\"a\":null}],\"b\"]", "{\"v\":1,\"w\":{\"x\":[]}}",
        "18446744073709551615", "-9223372036854775808",
    ])
    func `A value that was read is written as it was`(text: String) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)).text == text)
    }

    @Test func `Escapes and surrogate pairs become characters`() throws {
        let text = #" "a\"\\\/\b\f\n\r\tÀ😀\ud83d\ude00" "#
        #expect(try JSONValue(parsing: Array(text.utf8)) == "a\"\\/\u{08}\u{0C}\n\r\tÀ😀😀")
    }

    @Test func `Written text holds no control character`() throws {
        let value: JSONValue = "\u{1B}[2J\u{7F}\u{9B}\n\"\\"
        #expect(value.text == #""\u001b[2J\u007f\u009b\n\"\\""#)
        #expect(try JSONValue(parsing: Array(value.text.utf8)) == value)
    }

    @Test(arguments: [
        ("", 0), ("nul", 3), ("1 2", 2), ("[1,]", 3), ("{\"a\":1,}", 7), ("{a:1}", 1), ("\"a", 2), ("\"\n\"", 1),
        ("01x", 2),
        ("-", 1), ("1.", 2), (#""\ud800""#, 7), (#""\q""#, 3), ("+1", 0),
    ])
    func `Anything else is refused with its place`(text: String, offset: Int) {
        #expect { try JSONValue(parsing: Array(text.utf8)) } throws: { error in
            (error as? JSONValue.ParsingError)?.offset == offset
        }
    }

    @Test func `Bytes that are no UTF-8 are refused`() {
        #expect(throws: JSONValue.ParsingError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func `A text of a million brackets is refused instead of exhausting the stack`() {
        let text = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONValue.ParsingError.self) { try JSONValue(parsing: text) }
    }

    @Test func `Members are found by name in objects alone`() {
        let value: JSONValue = ["a": 1, "b": "x"]
        #expect(value["b"] == "x")
        #expect(value["c"] == nil)
        #expect(JSONValue.null["a"] == nil)
    }
}
