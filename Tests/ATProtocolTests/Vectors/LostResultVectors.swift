extension AcceptanceVectors {
    /// Results that never come, and the attempts after them.
    static let lostResults: [(String, String)] = [
        (
            "12 a slow answer to a cancelled command is not that of the next one",
            #"""
            submit 1 csslcfg
            > AT+CSSLCFG=6\r
            cancel 1
            submit 2 csslcfg1
            > AT+CSSLCFG=1\r
            < AT+CSSLCFG=6\r\r\n+CSSLCFG: 6,4,0\r\n
            @ 200
            < \r\nOK\r\n
            @ 200
            < AT+CSSLCFG=1\r\r\n+CSSLCFG: 1,4,0\r\n\r\nOK\r\n
            ! fail 1 cancelled
            ! unknown AT+CSSLCFG=6
            ! late 1 line +CSSLCFG: 6,4,0
            ! late 1 ok OK
            ! ok 2 | +CSSLCFG: 1,4,0
            """#
        ),
        (
            "12 a result lost for good does not swallow that of the next attempt",
            #"""
            submit 1 connect0 2000
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n
            @ 2000
            @ 10000
            submit 2 connect0
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n\r\n+CMQTTCONNECT: 0,34\r\n
            submit 3 connect0
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n
            ! ack 1
            ! fail 1 timeout result
            ! late 1 never answered
            ! ack 2
            ! fail 2 CMQTT 34
            ! ack 3
            ! ok 3 | result +CMQTTCONNECT: 0,0
            """#
        ),
        (
            "12 a lost result does not swallow one that comes before OK",
            #"""
            submit 1 start 2000
            > AT+CMQTTSTART\r
            < AT+CMQTTSTART\r\r\nOK\r\n
            @ 12000
            submit 2 start
            > AT+CMQTTSTART\r
            < AT+CMQTTSTART\r\r\n+CMQTTSTART: 0\r\n\r\nOK\r\n
            ! ack 1
            ! fail 1 timeout result
            ! late 1 never answered
            ! ok 2 | result +CMQTTSTART: 0
            """#
        ),
        (
            "12 a result before the echo of the next attempt, or behind its refusal, is the older one's",
            #"""
            submit 1 connect0 2000
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n
            @ 12000
            submit 2 connect0
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < \r\n+CMQTTCONNECT: 0,3\r\nAT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nERROR\r\n
            @ 200
            submit 3 connect0 2000
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n
            @ 12000
            submit 4 connect0
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nERROR\r\n
            @ 200
            < \r\n+CMQTTCONNECT: 0,0\r\n
            ! ack 1
            ! fail 1 timeout result
            ! late 1 failed +CMQTTCONNECT: 0,3
            ! fail 2 error
            ! ack 3
            ! fail 3 timeout result
            ! fail 4 error
            ! late 3 ok +CMQTTCONNECT: 0,0
            """#
        ),
        (
            "12 a disconnect that succeeds ends the wait for the results of its client",
            #"""
            submit 1 connect0 2000
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n
            @ 2000
            submit 2 disconnect0
            > AT+CMQTTDISC=0,60\r
            < AT+CMQTTDISC=0,60\r\r\nOK\r\n\r\n+CMQTTDISC: 0,0\r\n
            submit 3 connect0
            > AT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r
            < \r\n+CMQTTCONNECT: 0,3\r\nAT+CMQTTCONNECT=0,"tcp://b:8883",60,1\r\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n
            ! ack 1
            ! fail 1 timeout result
            ! ack 2
            ! late 1 never answered
            ! ok 2 | result +CMQTTDISC: 0,0
            ! unknown +CMQTTCONNECT: 0,3
            ! ack 3
            ! ok 3 | result +CMQTTCONNECT: 0,0
            """#
        ),
        (
            "12 echo off, a disconnect that lost its result",
            #"""
            option echo off
            submit 1 disconnect0 2000
            > AT+CMQTTDISC=0,60\r
            < \r\nOK\r\n
            @ 2000
            submit 2 disconnect0
            > AT+CMQTTDISC=0,60\r
            < \r\nOK\r\n\r\n+CMQTTDISC: 0,0\r\n
            ! ack 1
            ! fail 1 timeout result
            ! late 1 never answered
            ! ack 2
            ! ok 2 | result +CMQTTDISC: 0,0
            """#
        ),
    ]
}
