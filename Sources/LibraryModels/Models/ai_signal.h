// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The handlers the program installed, shared by the models that may run them.
#ifndef AI_SIGNAL_H
#define AI_SIGNAL_H

// Runs the handler of the signal, if one is installed.
void __ai_deliver(int number);

#endif
