// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Ring buffer: a serial line in miniature.
//
// An interrupt handler (the producer) puts the bytes of a serial line into a ring buffer as they come. The main loop (the
// consumer) takes them out and puts frames together: a start byte, a length, the payload, and a checksum. Bytes may be lost, frames
// may be broken, and the length byte is whatever the other side sent; no such input may take the program out of its buffers.
//
//     ring.h, ring.c     the ring buffer
//     main.c             the line and the decoder of its frames
//
// What there is to prove: no access outside `bytes` and `payload` for any sequence of inputs and of any length; no read of a byte
// that was never set; no division by zero in the statistics at the end.
//
//     make                    builds ./ring-buffer with the system's C compiler and writes compile_commands.json
//     AI_SEED=7 ./ring-buffer     one run on pseudo-random input
//     ai-check -p .           all runs on all inputs
//
// The folder ring-buffer-off-by-one holds the same program with one mistake in ring.c.
#include <stdio.h>

#include "../ai.h"
#include "ring.h"

#define START 0x7eu
#define PAYLOAD_MAX 16u

enum phase { waiting, sizing, filling, checking };

struct decoder {
    enum phase phase;
    unsigned length;   // of the payload, at most PAYLOAD_MAX
    unsigned received; // payload bytes so far
    unsigned char checksum;
    unsigned char payload[PAYLOAD_MAX];
};

struct statistics {
    unsigned bytes;
    unsigned lost;
    unsigned frames;
    unsigned errors;
};

static struct ring ring;
static struct decoder decoder;
static struct statistics statistics;

// A burst of bytes arrives; what finds no room is lost.
static void receive_burst(void)
{
    unsigned char burst[24];
    unsigned length = __ai_any_uchar() % (sizeof burst + 1);
    __ai_any_bytes(burst, sizeof burst);
    unsigned written = ring_write(&ring, burst, length);
    statistics.bytes += written;
    statistics.lost += length - written;
}

// A frame of our own, as the other side would send it: keeps the decoder busy on random input.
static void receive_frame(void)
{
    unsigned char frame[4] = {START, 1, 0, 0};
    frame[2] = __ai_any_uchar();
    frame[3] = frame[2];
    statistics.bytes += ring_write(&ring, frame, sizeof frame);
}

static void start_payload(struct decoder *target, unsigned char length)
{
    if (length == 0 || length > PAYLOAD_MAX) {
        statistics.errors++;
        target->phase = waiting;
        return;
    }
    target->length = length;
    target->received = 0;
    target->checksum = 0;
    target->phase = filling;
}

static void fill_payload(struct decoder *target, unsigned char byte)
{
    unsigned received = target->received;
    if (received < PAYLOAD_MAX) {
        target->payload[received] = byte;
        received++;
        target->checksum ^= byte;
    }
    target->received = received;
    if (received >= target->length)
        target->phase = checking;
}

static void decode(struct decoder *target, unsigned char byte)
{
    switch (target->phase) {
    case waiting:
        if (byte == START)
            target->phase = sizing;
        break;
    case sizing:
        start_payload(target, byte);
        break;
    case filling:
        fill_payload(target, byte);
        break;
    case checking:
        if (byte == target->checksum)
            statistics.frames++;
        else
            statistics.errors++;
        target->phase = waiting;
        break;
    }
}

static void consume(unsigned limit)
{
    unsigned char byte = 0;
    for (unsigned i = 0; i < limit && ring_get(&ring, &byte); i++)
        decode(&decoder, byte);
}

int main(void)
{
    ring_clear(&ring);
    while (__ai_any_bool()) {
        switch (__ai_any_uchar() % 4) {
        case 0:
            receive_burst();
            break;
        case 1:
            receive_frame();
            break;
        default:
            consume(__ai_any_uchar() % 32);
        }
    }
    consume(RING_SIZE);

    unsigned ended = statistics.frames + statistics.errors;
    unsigned good = ended > 0 ? 100u * statistics.frames / ended : 0;
    printf("%u bytes, %u lost, %u frames, %u %% of them good\n", statistics.bytes, statistics.lost, ended, good);
    return 0;
}
