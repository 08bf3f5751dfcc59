/// The dialogues that the engine's specification lists as its acceptance, in its order.
enum AcceptanceVectors {
    static func all() throws -> [Vector] {
        let all = answers + messages + prompts + late + lostResults + restarts + frames + bonus
        return try all.map { try Vector($0.0, $0.1) }
    }

    static let answers: [(String, String)] = [
        (
            "1 result after OK",
            #"""
            submit 1 connect0
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n
            ! ack 1
            ! ok 1 | result +CMQTTCONNECT: 0,0
            """#
        ),
        (
            "1 the next command starts after OK if its lanes are free",
            #"""
            submit 1 connect0
            submit 2 publish0
            submit 3 csq
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\n+CMQTTCONNECT: 0,0\r\n\r\nOK\r\n
            > AT+CMQTTPUB=0,1,60\r
            < AT+CMQTTPUB=0,1,60\r\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n
            ! ack 1
            ! ok 1 | result +CMQTTCONNECT: 0,0
            ! ok 3 | +CSQ: 20,99
            ! ack 2
            ! ok 2 | result +CMQTTPUB: 0,0
            """#
        ),
        (
            "2 result before OK",
            #"""
            submit 1 start
            > AT+CMQTTSTART\r
            < AT+CMQTTSTART\r\r\n+CMQTTSTART: 0\r\n\r\nOK\r\n
            ! ok 1 | result +CMQTTSTART: 0
            """#
        ),
        (
            "3 result, then ERROR",
            #"""
            submit 1 connect0
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\n+CMQTTCONNECT: 0,34\r\n\r\nERROR\r\n
            ! fail 1 CMQTT 34
            """#
        ),
        (
            "3 ERROR, then result within the tail window",
            #"""
            submit 1 start
            submit 2 at
            > AT+CMQTTSTART\r
            < AT+CMQTTSTART\r\r\nERROR\r\n\r\n+CMQTTSTART: 7\r\n
            > AT\r
            < AT\r\r\nOK\r\n
            ! fail 1 CMQTT 7
            ! ok 2
            """#
        ),
        (
            "3 ERROR alone",
            #"""
            submit 1 start
            > AT+CMQTTSTART\r
            < AT+CMQTTSTART\r\r\nERROR\r\n
            @ 199
            submit 2 at
            @ 1
            > AT\r
            < AT\r\r\nOK\r\n
            ! fail 1 error
            ! ok 2
            """#
        ),
        (
            "3 a result of 0, then ERROR, is a failure",
            #"""
            submit 1 start
            > AT+CMQTTSTART\r
            < AT+CMQTTSTART\r\r\n+CMQTTSTART: 0\r\n\r\nERROR\r\n
            ! fail 1 error
            """#
        ),
        (
            "4 read form with the prefix of a result",
            #"""
            submit 1 connect1
            > AT+CMQTTCONNECT=1,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=1,"tcp://b:8883",60,1\r\r\nOK\r\n
            submit 2 connect?
            > AT+CMQTTCONNECT?\r
            < AT+CMQTTCONNECT?\r\r\n+CMQTTCONNECT: 0,"tcp://b:8883",60,1\r\n+CMQTTCONNECT: 1\r\n\r\nOK\r\n
            < \r\n+CMQTTCONNECT: 1,0\r\n
            ! ack 1
            ! ok 2 | +CMQTTCONNECT: 0,"tcp://b:8883",60,1 | +CMQTTCONNECT: 1
            ! ok 1 | result +CMQTTCONNECT: 1,0
            """#
        ),
        (
            "8 URC before the echo, same prefix",
            #"""
            submit 1 cpin?
            > AT+CPIN?\r
            < \r\n+CPIN: READY\r\nAT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n
            ! urc +CPIN: READY
            ! ok 1 | +CPIN: READY
            """#
        ),
        (
            "8 echo off: the last of two equal lines is the answer",
            #"""
            option echo off
            submit 1 cpin?
            > AT+CPIN?\r
            < \r\n+CPIN: READY\r\n\r\n+CPIN: READY\r\n\r\nOK\r\n
            ! urc +CPIN: READY
            ! ok 1 | +CPIN: READY
            """#
        ),
        (
            "8 an error makes the held line unsolicited",
            #"""
            option echo off
            submit 1 cpin?
            > AT+CPIN?\r
            < \r\n+CPIN: READY\r\n\r\n+CGEV: NW REATTACH\r\n\r\nERROR\r\n
            ! urc +CPIN: READY
            ! urc +CGEV: NW REATTACH
            ! fail 1 error
            """#
        ),
        (
            "14 error texts",
            #"""
            submit 1 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CME ERROR: requested service option not subscribed (#33)\r\n
            submit 2 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CME ERROR: \r\n
            submit 3 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CME ERROR:\r\n
            submit 4 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CME ERROR: 313\r\n
            submit 5 csq
            > AT+CSQ\r
            < AT+CSQ\r\n+CME ERROR: sim FAILURE\r\n
            submit 6 csq
            > AT+CSQ\r
            < AT+CSQ\r\n+CMS ERROR: SIM failure\r\n
            ! fail 1 cme 33
            ! fail 2 cme ?
            ! fail 3 cme ?
            ! fail 4 cme 313
            ! fail 5 cme 13
            ! fail 6 cms 313
            """#
        ),
        (
            "16 broken quote",
            #"""
            submit 1 csslcfg
            > AT+CSSLCFG=6\r
            < AT+CSSLCFG=6\r\r\n+CSSLCFG: 6,4,0,1,300,"","","",0,",1,300,"",\r\n\r\nOK\r\n
            ! ok 1 | +CSSLCFG: 6,4,0,1,300,"","","",0,",1,300,"",
            """#
        ),
        (
            "16 quoted multiline",
            #"""
            < \r\n+CUSD: 1,"Line1\r\nOK\r\nLine2",15\r\n
            ! urc +CUSD: 1,"Line1\r\nOK\r\nLine2",15
            """#
        ),
        (
            "17 words that are not finals",
            #"""
            submit 1 cops?
            > AT+COPS?\r
            < AT+COPS?\r\r\n+COPS: 0,0,"OK Mobile",7\r\n\r\nNO CARRIER\r\n\r\nOKLAHOMA\r\n\r\nOK\r\n
            ! unknown NO CARRIER
            ! unknown OKLAHOMA
            ! ok 1 | +COPS: 0,0,"OK Mobile",7
            """#
        ),
        (
            "18 answer that begins with AT",
            #"""
            submit 1 gmr
            > AT+GMR\r
            < AT+GMR\r\r\nAT version:1.1.0.0\r\n\r\nOK\r\n
            ! ok 1 | AT version:1.1.0.0
            """#
        ),
        (
            "18 doubled echo",
            #"""
            submit 1 gmr
            > AT+GMR\r
            < AT+GMR\rAT+GMR\r\r\nA7600C\r\n\r\nOK\r\n
            ! unknown AT+GMR
            ! ok 1 | A7600C
            """#
        ),
        (
            "19 loss while waiting",
            #"""
            submit 1 publish0
            > AT+CMQTTPUB=0,1,60\r
            < AT+CMQTTPUB=0,1,60\r\r\nOK\r\n\r\n+CMQTTCONNLOST: 1,1\r\n\r\n+CMQTTCONNLOST: 0,1\r\n
            ! ack 1
            ! urc +CMQTTCONNLOST: 1,1
            ! urc +CMQTTCONNLOST: 0,1
            ! fail 1 lost connection 0 1
            """#
        ),
    ]

    static let messages: [(String, String)] = [
        (
            "5 payload that looks like protocol",
            #"""
            < \r\n+CMQTTRXSTART: 0,3,24\r\n+CMQTTRXTOPIC: 0,3\r\na/b\r\n
            < +CMQTTRXPAYLOAD: 0,24\r\n\r\nOK\r\n+CMQTTRXEND: 0\r\n> \r\n+CMQTTRXEND: 0\r\n
            ! urc +CMQTTRXSTART: 0,3,24
            ! frame +CMQTTRXTOPIC: 0,3 | a/b
            ! frame +CMQTTRXPAYLOAD: 0,24 | \r\nOK\r\n+CMQTTRXEND: 0\r\n> 
            ! urc +CMQTTRXEND: 0
            """#
        ),
        (
            "6 message in parts",
            #"""
            < \r\n+CMQTTRXSTART: 0,7,10\r\n+CMQTTRXTOPIC: 0,7\r\ncaf\xc3\xa9/t\r\n
            < +CMQTTRXPAYLOAD: 0,6\r\n\x00\x1a\r\n\xff>\r\n+CMQTTRXPAYLOAD: 0,4\r\nabcd\r\n+CMQTTRXEND: 0\r\n
            ! urc +CMQTTRXSTART: 0,7,10
            ! frame +CMQTTRXTOPIC: 0,7 | caf\xc3\xa9/t
            ! frame +CMQTTRXPAYLOAD: 0,6 | \x00\x1a\r\n\xff>
            ! frame +CMQTTRXPAYLOAD: 0,4 | abcd
            ! urc +CMQTTRXEND: 0
            """#
        ),
        (
            "7 message inside an answer",
            #"""
            submit 1 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CMQTTRXSTART: 0,3,24\r\n+CMQTTRXTOPIC: 0,3\r\na/b\r\n
            < +CMQTTRXPAYLOAD: 0,24\r\n\r\nOK\r\n+CMQTTRXEND: 0\r\n> \r\n+CMQTTRXEND: 0\r\n\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! urc +CMQTTRXSTART: 0,3,24
            ! frame +CMQTTRXTOPIC: 0,3 | a/b
            ! frame +CMQTTRXPAYLOAD: 0,24 | \r\nOK\r\n+CMQTTRXEND: 0\r\n> 
            ! urc +CMQTTRXEND: 0
            ! ok 1 | +CSQ: 20,99
            """#
        ),
    ]
}
