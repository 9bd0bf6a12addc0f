// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// A PID controller in fixed point, with a saturated output and an integral that does not wind up.
#ifndef PID_H
#define PID_H

// Gains are in 1/256.
struct pid_gains {
    int proportional;
    int integral;
    int derivative;
};

struct pid {
    struct pid_gains gains;
    int integral; // in output units times 256, within the output's range
    int previous; // the last measurement
    int primed;   // whether there was one
};

#define PID_GAIN_MAX 4096
#define PID_INPUT_MAX 100000
#define PID_OUTPUT_MAX 1000

void pid_start(struct pid *pid, struct pid_gains gains);

// One step: the output, from 0 to PID_OUTPUT_MAX.
int pid_step(struct pid *pid, int setpoint, int measured);

#endif
