import A7600
import Testing

@testable import MoonwireCommands

@Suite struct ConsoleCompletionTests {
    private func complete(_ text: String) -> ConsoleCompletion { ConsoleCompletion.of(text, profile: .a7600) }

    @Test(arguments: [
        ("", "AT"), ("a", "T"), ("AT+CMQTTDI", "SC"), ("at+cmqttdi", "SC"), ("AT+CSQ;+CMQTTDI", "SC"), (":h", "e"),
        (":q", "uit"),
        ("AT+CMQTTCFG=\"check", "UTF8\","), ("AT+NOSUCH", ""), ("hello", ""),
    ])
    func `What is certain is put in`(text: String, insertion: String) {
        #expect(complete(text).insertion == insertion)
    }

    @Test func `What is not certain is listed with one line of help each`() {
        let choices = complete("AT+CMQTTS").choices.map(\.text)
        #expect(choices.contains("AT+CMQTTSTART"))
        #expect(choices.contains("AT+CMQTTSUB"))
        #expect(complete("AT+CMQTTS").choices.allSatisfy { !$0.help.isEmpty })
        #expect(complete(":h").choices.map(\.text) == [":hex on", ":help"])
    }

    @Test func `A whole name shows how it is written`() {
        let choices = complete("AT+CMQTTPUB").choices.map(\.text)
        #expect(choices.contains { $0.hasPrefix("  AT+CMQTTPUB=<client>,<qos>") })
    }

    @Test func `A parameter shows its name, its range and its help`() {
        let choices = complete("AT+CMQTTPUB=0,").choices
        #expect(choices.first?.text == "<qos>  0-2")
        #expect(choices.first?.help.contains("quality of service") == true)
    }

    @Test func `A comma within quotes separates nothing`() {
        #expect(complete("AT+CMQTTCONNECT=0,\"tcp://a,b\",").choices.first?.text.hasPrefix("<keepalive>") == true)
    }

    @Test func `A keyword chooses among the forms of a command`() {
        let choices = complete("AT+CMQTTCFG=\"optimeout\",0,").choices.map(\.text)
        #expect(choices == ["<seconds>  20-120"])
    }

    @Test func `Every command of the catalogue can be completed from its beginning`() {
        for command in Catalogue.commands where command.forms.contains(where: { $0.isOffered(by: .a7600) }) {
            let name = "AT\(command.name)"
            let completion = complete(String(name.dropLast()))
            let isOffered = completion.choices.contains { $0.text == name } || name.hasSuffix(completion.insertion)
            #expect(isOffered, "\(name)")
        }
    }

    @Test func `A long list ends with how much is left out`() {
        let choices = (0..<45).map { ConsoleCompletion.Choice(text: "AT+X\($0)", help: "x") }
        #expect(ConsoleCompletion(choices: choices).listing.hasSuffix("… 5 more\n"))
        #expect(ConsoleCompletion().listing.isEmpty)
    }
}
