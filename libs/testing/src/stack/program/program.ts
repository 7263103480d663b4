/** A program that a test or the development stack runs, and how it comes onto a machine. */
export interface Program {
  name: string;
  /** Commands and paths under which it may be found, tried in order. */
  places: readonly string[];
  /** Its package for apt-get. */
  debian: string;
  /** The arguments of `brew install`. */
  homebrew: readonly string[];
  /** For machines with neither. */
  elsewhere: string;
  /** Started by its Debian package at each boot; nobody asked for that one. */
  service?: string;
}

/** Debian keeps it off an ordinary user's PATH, Homebrew off that of programs started elsewhere than in a shell. */
export const natsServer: Program = {
  name: 'nats-server',
  places: ['nats-server', '/usr/sbin/nats-server', '/opt/homebrew/bin/nats-server', '/usr/local/bin/nats-server'],
  debian: 'nats-server',
  homebrew: ['nats-server'],
  elsewhere: 'https://github.com/nats-io/nats-server/releases',
  service: 'nats-server.service',
};

/** The browser in which pages are tried; whoever drives it wants its whole path. */
export const chromium: Program = {
  name: 'chromium',
  places: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  debian: 'chromium',
  homebrew: ['--cask', 'chromium'],
  elsewhere: 'https://www.chromium.org/getting-involved/download-chromium',
};
