extension AcceptanceVectors {
    static let prompts: [(String, String)] = [
        (
            "9 prompt, the space comes later",
            #"""
            submit 1 topic0
            > AT+CMQTTTOPIC=0,3\r
            < AT+CMQTTTOPIC=0,3\r\r\n>
            > a/b
            <  \r\nOK\r\n
            ! ok 1
            """#
        ),
        (
            "9 prompt that nobody awaits",
            #"""
            < \r\n> \r\n+CGEV: NW DETACH\r\n
            ! unexpected prompt
            ! urc +CGEV: NW DETACH
            """#
        ),
        (
            "10 final instead of the prompt",
            #"""
            submit 1 cert
            > AT+CCERTDOWN="ca.pem",6\r
            < AT+CCERTDOWN="ca.pem",6\r\r\nERROR\r\n
            submit 2 cert
            > AT+CCERTDOWN="ca.pem",6\r
            < AT+CCERTDOWN="ca.pem",6\r\r\n+CME ERROR: SIM busy\r\n
            ! fail 1 error
            ! fail 2 cme 14
            """#
        ),
        (
            "11 data echoed",
            #"""
            option dataecho always
            submit 1 payload8
            > AT+CMQTTPAYLOAD=0,8\r
            < AT+CMQTTPAYLOAD=0,8\r\r\n>
            > a\r\nOK\r\nb
            < a\r\nOK\r\nb\r\nOK\r\n
            ! ok 1
            """#
        ),
        (
            "11 data echoed behind a space, learnt from one observation",
            #"""
            option dataecho unknown
            submit 1 payload8
            > AT+CMQTTPAYLOAD=0,8\r
            < AT+CMQTTPAYLOAD=0,8\r\r\n>
            > a\r\nOK\r\nb
            <  a\r\nOK\r\nb\r\nOK\r\n
            submit 2 payload8
            > AT+CMQTTPAYLOAD=0,8\r
            < AT+CMQTTPAYLOAD=0,8\r\r\n>
            > a\r\nOK\r\nb
            < \r\na\r\nOK\r\nb\r\nOK\r\n
            ! ok 1
            ! ok 2
            """#
        ),
        (
            "11 data not echoed although it might be",
            #"""
            option dataecho unknown
            submit 1 payload8
            > AT+CMQTTPAYLOAD=0,8\r
            < AT+CMQTTPAYLOAD=0,8\r\r\n>
            > a\r\nOK\r\nb
            < \r\nOK\r\n
            ! ok 1
            """#
        ),
        (
            "11 the beginning of a data echo is read as lines after its grace",
            #"""
            option dataecho withecho
            submit 1 payload8
            > AT+CMQTTPAYLOAD=0,8\r
            < AT+CMQTTPAYLOAD=0,8\r\r\n>
            > a\r\nOK\r\nb
            < a\r\nOK\r\n
            @ 50
            ! unknown a
            ! ok 1
            """#
        ),
    ]

    static let restarts: [(String, String)] = [
        (
            "15 restart under a command",
            #"""
            option preamble
            submit 1 cnmp
            submit 2 csq
            > AT+CNMP=2\r
            < \x00\x00\r\n*ATREADY: 1\r\n\r\n+CPIN: READY\r\n\r\nSMS DONE\r\n\r\nPB DONE\r\n
            @ 2000
            > AT\r
            < AT\r\r\nOK\r\n
            > ATE1\r
            < ATE1\r\r\nOK\r\n
            ! urc *ATREADY: 1
            ! restarted unexpected
            ! fail 1 lost restarted
            ! fail 2 lost restarted
            ! state restarting
            ! urc +CPIN: READY
            ! urc SMS DONE
            ! urc PB DONE
            ! state synchronising
            ! state ready
            """#
        ),
        (
            "15 restart that was asked for",
            #"""
            submit 1 creset
            > AT+CRESET\r
            < AT+CRESET\r\r\nOK\r\n\r\n*ATREADY: 1\r\n
            ! ok 1
            ! urc *ATREADY: 1
            ! restarted expected
            ! state restarting
            """#
        ),
        (
            "15 the start behind the opening is waited for, and nothing is lost",
            #"""
            close
            open
            submit 1 csq
            > AT\r
            < \r\n*ATREADY: 1\r\n
            @ 2000
            > AT\r
            < AT\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! state closed
            ! state synchronising
            ! urc *ATREADY: 1
            ! restarted expected
            ! state restarting
            ! state synchronising
            ! state ready
            ! ok 1 | +CSQ: 20,99
            """#
        ),
        (
            "15 a start within the preamble loses nothing either",
            #"""
            option preamble
            close
            open
            submit 1 csq
            > AT\r
            < AT\r\r\nOK\r\n
            > ATE1\r
            < \r\n*ATREADY: 1\r\n
            @ 2000
            > AT\r
            < AT\r\r\nOK\r\n
            > ATE1\r
            < ATE1\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! state closed
            ! state synchronising
            ! urc *ATREADY: 1
            ! restarted expected
            ! state restarting
            ! state synchronising
            ! state ready
            ! ok 1 | +CSQ: 20,99
            """#
        ),
        (
            "15 a module that starts again and again is not waited for",
            #"""
            close
            open
            submit 1 csq
            > AT\r
            < \r\n*ATREADY: 1\r\n
            @ 2000
            > AT\r
            < \r\n*ATREADY: 1\r\n
            @ 2000
            > AT\r
            < \r\n*ATREADY: 1\r\n
            ! state closed
            ! state synchronising
            ! urc *ATREADY: 1
            ! restarted expected
            ! state restarting
            ! state synchronising
            ! urc *ATREADY: 1
            ! restarted expected
            ! state restarting
            ! state synchronising
            ! urc *ATREADY: 1
            ! restarted expected
            ! fail 1 lost restarted
            ! state restarting
            """#
        ),
        (
            "15 a second start, behind the first answer, is a loss",
            #"""
            close
            open
            > AT\r
            < AT\r\r\nOK\r\n
            submit 1 cnmp
            submit 2 csq
            > AT+CNMP=2\r
            < \r\n*ATREADY: 1\r\n
            ! state closed
            ! state synchronising
            ! state ready
            ! urc *ATREADY: 1
            ! restarted unexpected
            ! fail 1 lost restarted
            ! fail 2 lost restarted
            ! state restarting
            """#
        ),
    ]

    static let frames: [(String, String)] = [
        (
            "20 frame cut",
            #"""
            submit 1 publish0
            > AT+CMQTTPUB=0,1,60\r
            < AT+CMQTTPUB=0,1,60\r\r\n+CMQTTRXPAYLOAD: 0,100\r\nabc
            @ 1020
            < \r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n
            ! truncated 3/100
            ! ack 1
            ! ok 1 | result +CMQTTPUB: 0,0
            """#
        ),
        (
            "20 frame polluted",
            #"""
            < \r\n+CMQTTRXPAYLOAD: 0,5\r\n\r\n+CGEV: NW DETACH\r\nhello\r\n+CMQTTRXEND: 0\r\n\r\n+CGEV: NW DETACH\r\n
            ! suspect +CMQTTRXPAYLOAD: 0,5\r\n\r\n+CGE
            ! quarantined V: NW DETACH
            ! quarantined hello
            ! urc +CMQTTRXEND: 0
            ! urc +CGEV: NW DETACH
            """#
        ),
        (
            "20 a restart inside a truncated frame is noticed",
            #"""
            < \r\n+CMQTTRXPAYLOAD: 0,100\r\nabc\r\n*ATREADY: 1\r\n
            @ 1020
            ! truncated 18/100
            ! restarted unexpected
            ! state restarting
            """#
        ),
    ]

    static let bonus: [(String, String)] = [
        (
            "B2 answer, result and message in one read",
            #"""
            submit 1 publish0
            > AT+CMQTTPUB=0,1,60\r
            < AT+CMQTTPUB=0,1,60\r\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n\r\n+CMQTTRXSTART: 0,3,1\r\n
            ! ack 1
            ! ok 1 | result +CMQTTPUB: 0,0
            ! urc +CMQTTRXSTART: 0,3,1
            """#
        ),
        (
            "B3 every kind of line end",
            #"""
            submit 1 csq
            > AT+CSQ\r
            < AT+CSQ\r+CSQ: 20,99\rOK\r
            submit 2 csq
            > AT+CSQ\r
            < AT+CSQ\r\n+CSQ: 20,99\nOK\n
            submit 3 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\r\n+CSQ: 20,99\r\r\n\r\r\nOK\r\r\n
            ! ok 1 | +CSQ: 20,99
            ! ok 2 | +CSQ: 20,99
            ! ok 3 | +CSQ: 20,99
            """#
        ),
        (
            "B4 ATV0",
            #"""
            submit 1 atv0
            > ATV0\r
            < ATV0\r\r\nOK\r\n
            submit 2 at
            > AT\r
            < AT\r0\r
            submit 3 at
            > AT\r
            < AT\r4\r
            ! ok 1
            ! ok 2
            ! fail 3 error
            """#
        ),
        (
            "B5 concatenated commands",
            #"""
            submit 1 creg;csq
            > AT+CREG?;+CSQ\r
            < AT+CREG?;+CSQ\r\r\n+CREG: 0,1\r\n\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! ok 1 | +CREG: 0,1 | +CSQ: 20,99
            """#
        ),
        (
            "B6 port lost between header and payload",
            #"""
            submit 1 publish0
            > AT+CMQTTPUB=0,1,60\r
            < AT+CMQTTPUB=0,1,60\r\r\nOK\r\n\r\n+CMQTTRXPAYLOAD: 0,100\r\n
            close
            open
            > AT\r
            < AT\r\r\nOK\r\n
            submit 2 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! ack 1
            ! truncated 0/100
            ! fail 1 lost port
            ! state closed
            ! state synchronising
            ! state ready
            ! ok 2 | +CSQ: 20,99
            """#
        ),
        (
            "B7 a length that is not believed",
            #"""
            < \r\n+CMQTTRXPAYLOAD: 0,99999999\r\nhello\r\nOK\r\n+CMQTTRXEND: 0\r\n
            submit 1 csq
            > AT\r
            < AT\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! refused +CMQTTRXPAYLOAD: 0,99999999
            ! quarantined hello
            ! quarantined OK
            ! urc +CMQTTRXEND: 0
            ! state synchronising
            ! state ready
            ! ok 1 | +CSQ: 20,99
            """#
        ),
        (
            "B8 a command submitted while another is in flight",
            #"""
            submit 1 csq
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CGEV: NW DETACH\r\n
            submit 2 csq
            < \r\n+CSQ: 1,99\r\n\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 2,99\r\n\r\nOK\r\n
            ! urc +CGEV: NW DETACH
            ! ok 1 | +CSQ: 1,99
            ! ok 2 | +CSQ: 2,99
            """#
        ),
        (
            "B9 message between OK and the result",
            #"""
            submit 1 subscribe0
            > AT+CMQTTSUB=0\r
            < AT+CMQTTSUB=0\r\r\nOK\r\n\r\n+CMQTTRXSTART: 0,6,18\r\n\r\n+CMQTTRXTOPIC: 0,6\r\ntest1z\r\n
            < \r\n+CMQTTRXPAYLOAD: 0,18\r\n0123456789abcdefgh\r\n\r\n+CMQTTRXEND: 0\r\n\r\n+CMQTTSUB: 0,0\r\n
            ! ack 1
            ! urc +CMQTTRXSTART: 0,6,18
            ! frame +CMQTTRXTOPIC: 0,6 | test1z
            ! frame +CMQTTRXPAYLOAD: 0,18 | 0123456789abcdefgh
            ! urc +CMQTTRXEND: 0
            ! ok 1 | result +CMQTTSUB: 0,0
            """#
        ),
        (
            "B10 stray OK behind a failure, echo off",
            #"""
            option echo off
            submit 1 subscribe0
            > AT+CMQTTSUB=0\r
            < \r\nOK\r\n\r\n+CMQTTSUB: 0,6\r\n\r\n+CMQTTCONNLOST: 0,1\r\n\r\nOK\r\n
            submit 2 at
            > AT\r
            < \r\nOK\r\n
            @ 150
            > AT\r
            < \r\nOK\r\n
            ! ack 1
            ! fail 1 CMQTT 6
            ! urc +CMQTTCONNLOST: 0,1
            ! stray OK
            ! state synchronising
            ! state ready
            ! ok 2
            """#
        ),
        (
            "B11 inline counted payload",
            #"""
            < \r\n+CMQTTRECV: 0,"a/b",12,"x",\r\nOK\r\n"yz"\r\n
            ! frame +CMQTTRECV: 0,"a/b",12," | x",\r\nOK\r\n"yz
            """#
        ),
        (
            "NUL within a prefix",
            #"""
            < \r\n+C\x00USD: 1,"Line1\r\nOK\r\nLine2",15\r\n+CM\x00QTTRXTOPIC: 0,3\r\na/b\r\n\x00+CMQTTRECV: 0,"a",2,"\r\n"\r\n+CR\x00EG: 1\r\n
            ! urc +CUSD: 1,"Line1\r\nOK\r\nLine2",15
            ! frame +CMQTTRXTOPIC: 0,3 | a/b
            ! frame +CMQTTRECV: 0,"a",2," | \r\n
            ! urc +CREG: 1
            """#
        ),
        (
            "B11 NUL behind the first bytes of an inline payload is data",
            #"""
            < \r\n+CMQTTRECV: 0,"a/b",12,"x"\x00,\r\nOK\r\n"y"\r\n
            ! frame +CMQTTRECV: 0,"a/b",12," | x"\x00,\r\nOK\r\n"y
            """#
        ),
        (
            "B12 probes answered in one burst",
            #"""
            close
            open
            > AT\r
            @ 8000
            > AT\r
            > AT\r
            > AT\r
            > AT\r
            > AT\r
            > AT\r
            > AT\r
            > AT\r
            submit 1 csq
            < AT\r\r\nOK\r\nAT\r\r\nOK\r\nAT\r\r\nOK\r\nAT\r\r\nOK\r\nAT\r\r\nOK\r\n
            < AT\r\r\nOK\r\nAT\r\r\nOK\r\nAT\r\r\nOK\r\nAT\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! state closed
            ! state synchronising
            ! stray OK
            ! stray OK
            ! stray OK
            ! stray OK
            ! stray OK
            ! stray OK
            ! stray OK
            ! stray OK
            ! state ready
            ! ok 1 | +CSQ: 20,99
            """#
        ),
        (
            "B12 a barrier's quiet that ends while lines are held ends before the next byte",
            #"""
            submit 1 cpin?
            > AT+CPIN?\r
            open
            < \r\n+CPIN: READY\r\nAT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n
            > AT\r
            < \r\nOK\r\n
            @ 200
            submit 2 cpin?
            < \r\n+CPIN: READY\r\n\r\n+CPIN: READY\r\n\r\nOK\r\n
            > AT+CPIN?\r
            ! state synchronising
            ! urc +CPIN: READY
            ! unknown AT+CPIN?
            ! urc +CPIN: READY
            ! stray OK
            ! urc +CPIN: READY
            ! ok 1 | +CPIN: READY
            ! state ready
            """#
        ),
    ]
}
