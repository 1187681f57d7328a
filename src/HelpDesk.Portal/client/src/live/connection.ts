/** What happened to a ticket; texts are asked for, by whoever shows them. */
export interface TicketEvent {
  id: string;
  ticket: TicketReference;
  kind: string;
  at: string;
  version: string;
}

/** Who looks at a ticket now, all of them; nobody is an empty list. */
export interface PresenceEvent {
  kind: 'presence';
  ticket: TicketReference;
  agents: PresentAgent[];
}

export interface TicketReference {
  id: string;
  number: string;
}

export interface PresentAgent {
  id: string;
  name: string;
  mode: 'viewing' | 'replying';
}

/** `streaming`: what happens is told. `polling`: nobody tells, so the page has to ask. */
export type LiveState = 'streaming' | 'polling';

export interface LiveSink {
  ticket(event: TicketEvent): void;
  presence(event: PresenceEvent): void;
  state(state: LiveState): void;
  /** Something may have been missed: what is shown has to be asked for anew. */
  reset(): void;
}

type Broadcast =
  | { type: 'ticket'; event: TicketEvent }
  | { type: 'presence'; event: PresenceEvent }
  | { type: 'state'; state: LiveState }
  | { type: 'reset' }
  | { type: 'hello' };

/** How long a broken stream may take to come back before the page polls; the server asks browsers to try again after a second. */
const patience = 10_000;
/**
 * The server ends each stream after five minutes. One that has neither ended nor told anything for longer is half open: its other end is gone, and nobody
 * has said so (a laptop that slept, a network that changed). The server's comments, by which it could be known sooner, are not shown to scripts.
 */
const longestSilence = 5.5 * 60_000;
/** Within which a new stream has told who is present. */
const presenceComes = 1_000;
const shortestPause = 5_000;
const longestPause = 60_000;

/**
 * One stream for all tabs of a browser, since HTTP/1.1 gives it six connections: the tab that holds a Web Lock has the stream and tells the others.
 * Where there are no locks (a page that is not secure), every tab polls.
 */
export class LiveConnection {
  private readonly channel: BroadcastChannel;
  private readonly stopped = new AbortController();
  private readonly present = new Map<string, PresenceEvent>();
  private source: EventSource | null = null;
  private current: LiveState = 'polling';
  private pause = shortestPause;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly sink: LiveSink,
  ) {
    this.channel = new BroadcastChannel(name);
  }

  start(): void {
    this.sink.state('polling');
    if (!('locks' in navigator)) return;
    this.channel.onmessage = (message: MessageEvent<Broadcast>) => this.receive(message.data);
    this.channel.postMessage({ type: 'hello' } satisfies Broadcast);
    navigator.locks
      .request(this.name, { signal: this.stopped.signal }, () => {
        this.open();
        return new Promise<void>((resolve) => this.stopped.signal.addEventListener('abort', () => resolve()));
      })
      .catch(() => undefined); // Aborted while it waited for the lock: the page is closing.
  }

  stop(): void {
    this.stopped.abort();
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.source?.close();
    this.source = null;
    this.channel.close();
  }

  private get isLeader(): boolean {
    return this.source !== null || this.timer !== undefined;
  }

  private receive(message: Broadcast): void {
    if (message.type !== 'hello') {
      if (!this.isLeader) this.pass(message);
    } else if (this.isLeader) {
      this.channel.postMessage({ type: 'state', state: this.current } satisfies Broadcast);
      for (const event of this.present.values()) this.channel.postMessage({ type: 'presence', event } satisfies Broadcast);
    }
  }

  private open(): void {
    if (this.stopped.signal.aborted) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const source = new EventSource(this.url);
    this.source = source;
    this.heard(source);
    // What its next try goes on from; without it, a try begins now.
    let lastId = '';
    source.onopen = () => {
      this.heard(source);
      clearTimeout(this.timer);
      this.timer = undefined;
      this.pause = shortestPause;
      // A stream that comes back goes on where it was, by its last id. One without begins now, and what happened before it is not told.
      if (lastId === '') this.tell({ type: 'reset' });
      this.renewPresence();
      this.tell({ type: 'state', state: 'streaming' });
    };
    source.onmessage = (message: MessageEvent<string>) => {
      this.heard(source);
      lastId = message.lastEventId;
      const event = JSON.parse(message.data) as TicketEvent | PresenceEvent;
      if (isPresence(event)) {
        if (event.agents.length > 0) this.present.set(event.ticket.id, event);
        else this.present.delete(event.ticket.id);
        this.tell({ type: 'presence', event });
      } else {
        this.tell({ type: 'ticket', event });
      }
    };
    source.addEventListener('reset', () => {
      this.heard(source);
      lastId = '';
      this.tell({ type: 'reset' });
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.again(source);
      else this.timer ??= setTimeout(() => this.again(source), patience);
    };
  }

  /** A sign of life: from here on it may be silent for a while. */
  private heard(source: EventSource): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.again(source), longestSilence);
  }

  /** Gives a stream up, polls, and tries a new one after a pause that grows. */
  private again(source: EventSource): void {
    source.close();
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    // Nobody tells any more who leaves.
    for (const event of this.present.values()) this.tell({ type: 'presence', event: { ...event, agents: [] } });
    this.present.clear();
    this.tell({ type: 'state', state: 'polling' });
    this.timer = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(this.pause * 2, longestPause);
  }

  /** A stream begins with everybody who is present: who is not among them has left meanwhile. */
  private renewPresence(): void {
    const before = [...this.present.values()];
    this.present.clear();
    setTimeout(() => {
      for (const event of before) if (!this.present.has(event.ticket.id)) this.tell({ type: 'presence', event: { ...event, agents: [] } });
    }, presenceComes);
  }

  private tell(message: Broadcast): void {
    if (this.stopped.signal.aborted) return;
    this.channel.postMessage(message);
    this.pass(message);
  }

  private pass(message: Broadcast): void {
    switch (message.type) {
      case 'ticket':
        this.sink.ticket(message.event);
        break;
      case 'presence':
        this.sink.presence(message.event);
        break;
      case 'state':
        this.current = message.state;
        this.sink.state(message.state);
        break;
      case 'reset':
        this.sink.reset();
        break;
      case 'hello':
        break;
    }
  }
}

function isPresence(event: TicketEvent | PresenceEvent): event is PresenceEvent {
  return event.kind === 'presence';
}
