import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { MessageBody } from './MessageBody';

afterEach(cleanup);

const links = (text: string) => Array.from(render(<MessageBody text={text} />).container.querySelectorAll('a'), (link) => link.getAttribute('href'));

describe('a message', () => {
  it('is text, whatever stands in it', () => {
    const { container } = render(<MessageBody text={'<b>bold</b> <img src=x onerror=alert(1)>\n&amp;'} />);
    expect(container.textContent).toBe('<b>bold</b> <img src=x onerror=alert(1)>\n&amp;');
    expect(container.querySelectorAll('b, img')).toHaveLength(0);
  });

  it.each([
    ['see https://example.com/a?b=c#d.', ['https://example.com/a?b=c#d']],
    ['(http://example.com)', ['http://example.com']],
    ['https://a.example, https://b.example!', ['https://a.example', 'https://b.example']],
    ['<https://example.com/x>', ['https://example.com/x']],
    ['"https://example.com/" onmouseover="alert(1)', ['https://example.com/']],
  ])('links %s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it.each(['javascript:alert(1)', 'JaVaScRiPt://example.com/%0aalert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'xhttps:/example.com', 'ftp://example.com'])('does not link %s', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('tells nobody where its reader came from', () => {
    const link = render(<MessageBody text="https://example.com" />).container.querySelector('a');
    expect(link?.rel.split(' ').sort()).toEqual(['nofollow', 'noopener', 'noreferrer']);
  });
});
