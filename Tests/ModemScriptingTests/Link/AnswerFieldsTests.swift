import LuaRuntime
import Testing

@testable import ModemScripting

@Suite struct AnswerFieldsTests {
    @Test(
        arguments: [
            ("+CSQ: 23,0", [23, 0]),
            ("+CEREG: 0,1", [0, 1]),
            ("+X: -5,007,-0", [-5, 7, 0]),
            ("+X: +5,1x,-,5-,1 2, 7", ["+5", "1x", "-", "5-", "1 2", 7]),
            ("+X:", [""]),
            ("+X: ,,", ["", "", ""]),
            (#"+X: "a,b","",7,"12""#, ["a,b", "", 7, "12"]),
            (#"+X:  "" b,c"d,e"f, "g"#, ["b", "cd,ef", "g"]),
            ("9223372036854775807,9223372036854775808", [9_223_372_036_854_775_807, "9223372036854775808"]),
            ("-9223372036854775808,-9223372036854775809", [.integer(Int64.min), "-9223372036854775809"]),
            ("A: 1", ["A: 1"]),
            ("+nothing", ["+nothing"]),
            ("", [""]),
        ] as [(String, [LuaValue])]
    )
    func aLineIsReadFieldByField(line: String, fields: [LuaValue]) {
        #expect(AnswerFields(Array(line.utf8)).values == fields)
    }
}
