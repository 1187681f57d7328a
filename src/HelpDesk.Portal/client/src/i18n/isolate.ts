const turning = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A text of somebody else's, which turns nothing around it: a subject with a right-to-left override would reverse the sentence that names it. */
export function isolate(text: string): string {
  // An override inside ends with the isolate only where its own ends are left out.
  return turning.test(text) ? `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069` : text;
}

/** The same texts, in which every value that is put into a sentence is isolated. */
export function isolating<T>(texts: T): T {
  if (typeof texts === 'function') {
    const text = texts as unknown as (...values: unknown[]) => string;
    return ((...values: unknown[]) => text(...values.map((value) => (typeof value === 'string' ? isolate(value) : value)))) as T;
  }
  if (typeof texts !== 'object' || texts === null) return texts;
  return Object.fromEntries(Object.entries(texts).map(([name, each]) => [name, isolating(each as unknown)])) as T;
}
