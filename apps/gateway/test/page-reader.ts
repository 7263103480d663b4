import type { Browser, Page } from 'playwright-core';

/** What stands in for the API says. */
export interface StubbedAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}
export type StubbedAnswers = Record<string, StubbedAnswer | 'away'>;

/** Somebody who opens, in a real browser, the pages that mails link to. */
export class PageReader {
  /** What the pages asked of the API: method and path, and the body. */
  readonly asked: { what: string; body: unknown }[] = [];
  /** What the API answers, by method and path; what is not told of is not there. */
  readonly answers: StubbedAnswers = {};

  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {}

  /** @param locale Of their system. */
  static async of(browser: Browser, gatewayUrl: string, locale = 'en-GB'): Promise<PageReader> {
    const page = await browser.newPage({ locale, timezoneId: 'Europe/Lisbon' });
    page.setDefaultTimeout(5_000);
    return new PageReader(page, new URL(gatewayUrl).origin);
  }

  /** Opens a page as a mail links to it. */
  async open(path: string, answers: StubbedAnswers = {}): Promise<void> {
    Object.assign(this.answers, answers);
    await this.page.route(`${this.origin}/v1/**`, async (route, request) => {
      const what = `${request.method()} ${new URL(request.url()).pathname}`;
      this.asked.push({ what, body: request.postDataJSON() });
      const { [what]: answer = { status: 404, body: { code: 'not_found' } } } = this.answers;
      if (answer === 'away') return route.abort();
      return route.fulfill({ status: answer.status, headers: answer.headers, json: answer.body });
    });
    await this.page.goto(this.origin + path);
  }

  /** The bodies that a route was asked with. */
  bodies(what: string): unknown[] {
    return this.asked.filter((one) => one.what === what).map(({ body }) => body);
  }

  field(label: string) {
    return this.page.locator('form:visible').getByLabel(label);
  }

  forms(): Promise<number> {
    return this.page.locator('form:visible').count();
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name }).click();
  }

  /** Waits until the page says it. */
  saying(text: string | RegExp): Promise<void> {
    return this.page.getByRole('status').filter({ hasText: text }).waitFor();
  }
}

/** A well-formed secret of a kind. */
export function secretOf(prefix: string): string {
  return `${prefix}_${'0'.repeat(49)}`;
}

export function problem(status: number, code: string, more: { detail?: string; retryAfter?: string } = {}) {
  const { detail, retryAfter } = more;
  return { status, body: { code, detail }, ...(retryAfter && { headers: { 'retry-after': retryAfter } }) };
}
