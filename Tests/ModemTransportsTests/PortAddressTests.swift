import ModemTransports
import Testing

struct PortAddressTests {
    @Test(
        "Addresses are read, and written back as they were",
        arguments: [
            ("/dev/ttyUSB2", PortAddress.device("/dev/ttyUSB2")),
            ("./modem0", .device("./modem0")),
            ("tcp://lab:7000", .tcp(host: "lab", port: 7000)),
            ("tcp://[::1]:7000", .tcp(host: "::1", port: 7000)),
            ("rfc2217://10.0.0.7:4001", .rfc2217(host: "10.0.0.7", port: 4001)),
            ("sim", .simulated([])),
            (
                "sim:profile=sim7600,seed=7",
                .simulated([.init(name: "profile", value: "sim7600"), .init(name: "seed", value: "7")])
            ),
            ("replay:runs/1/trace.jsonl", .replay(path: "runs/1/trace.jsonl")),
            ("usb:1-3.1", .usb(topology: "1-3.1")),
            ("imei:867584030000018", .imei("867584030000018")),
        ]
    )
    func read(text: String, address: PortAddress) throws {
        #expect(try PortAddress(parsing: text) == address)
        #expect(address.text == text)
    }

    @Test(
        "An address that cannot be read says what would be right",
        arguments: [
            ("", "missing"), ("ttyUSB2", "/dev/ttyUSB2"), ("tcp://lab", "tcp://host:port"),
            ("tcp://:7", "tcp://host:port"),
            ("tcp://lab:0", "1 to 65535"), ("tcp://lab:70000", "1 to 65535"), ("tcp://lab:x", "\"x\""),
            ("tcp://::1:7000", "brackets"), ("rfc2217://lab", "rfc2217://host:port"),
            ("http://lab", "tcp:// and rfc2217://"),
            ("sim:fast", "name=value"), ("sim:seed=1,seed=2", "twice"), ("replay:", "replay:trace.jsonl"),
            ("usb:3", "usb:1-3.1"), ("usb:1-", "usb:1-3.1"), ("imei:12", "15 digits"), ("modem", "/dev/ttyUSB2"),
        ]
    )
    func refuse(text: String, hint: String) {
        let error = #expect(throws: PortAddressError.self) { () throws in
            _ = try PortAddress(parsing: text)
        }
        #expect(error?.text == text)
        #expect(error?.message.contains(hint) == true, "\(String(describing: error))")
    }
}
