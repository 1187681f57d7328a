import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection, type LiveSink } from './connection';

/** A stream that a test opens, feeds and cuts. */
class Stream {
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  static get last(): Stream {
    return Stream.all.at(-1)!;
  }
  readyState = 0;
  onopen = () => undefined as void;
  onmessage = (_: Partial<MessageEvent<string>>) => undefined as void;
  onerror = () => undefined as void;
  readonly listeners = new Map<string, () => void>();
  constructor() {
    Stream.all.push(this);
  }
  addEventListener(name: string, listener: () => void) {
    this.listeners.set(name, listener);
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
  tell(data: unknown, lastEventId = '') {
    this.onmessage({ data: JSON.stringify(data), lastEventId });
  }
}

const ticket = { id: 't', number: 'TKT-1' };
const replying = { kind: 'presence', ticket, agents: [{ id: 'ben', name: 'ben', mode: 'replying' }] };

describe('the stream of a browser', () => {
  let told: string[];
  let connection: LiveConnection;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.stubGlobal('EventSource', Stream);
    Object.defineProperty(navigator, 'locks', { configurable: true, value: { request: (_: string, __: unknown, run: () => Promise<void>) => run() } });
    told = [];
    const sink: LiveSink = {
      ticket: (event) => void told.push(event.kind),
      presence: (event) => void told.push(`present:${event.agents.map((agent) => agent.name).join()}`),
      state: (state) => void told.push(state),
      reset: () => void told.push('reset'),
    };
    connection = new LiveConnection('/events', `test-${Math.random()}`, sink);
    connection.start();
    await Promise.resolve();
  });

  afterEach(() => {
    connection.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('asks for everything when it begins, and not when it goes on from an id', () => {
    Stream.last.onopen();
    Stream.last.tell({ kind: 'ticket.opened', ticket }, 'id-1');
    Stream.last.onopen();
    expect(told).toEqual(['polling', 'reset', 'streaming', 'ticket.opened', 'streaming']);
  });

  it('asks for everything again when it comes back before anything was told: the browser has no id to go on from', () => {
    Stream.last.onopen();
    Stream.last.onopen();
    expect(told.filter((each) => each === 'reset')).toHaveLength(2);
  });

  it('asks for everything again after the server has reset it', () => {
    Stream.last.onopen();
    Stream.last.tell({ kind: 'ticket.opened', ticket }, 'id-1');
    Stream.last.listeners.get('reset')!();
    Stream.last.onopen();
    expect(told.filter((each) => each === 'reset')).toHaveLength(3);
  });

  it('forgets who is present when it is lost', () => {
    Stream.last.onopen();
    Stream.last.tell(replying);
    Stream.last.close();
    Stream.last.onerror();
    expect(told.slice(-3)).toEqual(['present:ben', 'present:', 'polling']);
  });

  it('forgets who left while it was away, and keeps who is still there', () => {
    Stream.last.onopen();
    Stream.last.tell(replying);
    Stream.last.onopen();
    Stream.last.tell(replying);
    vi.advanceTimersByTime(2_000);
    expect(told.at(-1)).toBe('present:ben');
    Stream.last.onopen();
    vi.advanceTimersByTime(2_000);
    expect(told.at(-1)).toBe('present:');
  });

  describe('that is half open', () => {
    const minutes = (n: number) => vi.advanceTimersByTime(n * 60_000);

    it('is lost when it has neither ended nor told anything for longer than the server lets one live', () => {
      Stream.last.onopen();
      Stream.last.tell(replying);
      const silent = Stream.last;
      minutes(5);
      expect(told.at(-1)).toBe('present:ben');
      minutes(1);
      expect(silent.readyState).toBe(Stream.CLOSED);
      expect(told.slice(-2)).toEqual(['present:', 'polling']);
      vi.advanceTimersByTime(5_000);
      expect(Stream.last).not.toBe(silent);
      Stream.last.onopen();
      expect(told.slice(-2)).toEqual(['reset', 'streaming']);
    });

    it('is not while it tells something, or begins anew', () => {
      const stream = Stream.last;
      for (const sign of [() => stream.onopen(), () => stream.tell({ kind: 'ticket.opened', ticket }, 'id-1'), () => stream.listeners.get('reset')!(), () => stream.onopen()]) {
        sign();
        minutes(5);
      }
      expect(stream.readyState).not.toBe(Stream.CLOSED);
      minutes(1);
      expect(stream.readyState).toBe(Stream.CLOSED);
    });

    it('is lost when it does not even open', () => {
      const first = Stream.last;
      minutes(6);
      expect(first.readyState).toBe(Stream.CLOSED);
      expect(Stream.last).not.toBe(first);
    });

    it('is nobody’s loss once it was given up or stopped', () => {
      Stream.last.onopen();
      Stream.last.close();
      Stream.last.onerror();
      vi.advanceTimersByTime(5_000);
      Stream.last.onopen();
      minutes(5);
      expect(told.at(-1)).toBe('streaming');
      connection.stop();
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  it('is tried again after pauses that grow', () => {
    for (const pause of [5_000, 10_000, 20_000]) {
      const before = Stream.all.length;
      Stream.last.close();
      Stream.last.onerror();
      vi.advanceTimersByTime(pause - 1);
      expect(Stream.all).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(Stream.all).toHaveLength(before + 1);
    }
  });
});
