import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { Markup, markup } from './markup.ts';

export interface PageParts {
  language: string;
  title: string;
  style: string;
  body: Markup;
  /** Without one no script runs. */
  script?: string;
}

/** A page that needs nothing but itself, and the policy that holds it to that. */
export interface Page {
  language: string;
  text: string;
  contentSecurityPolicy: string;
}

/** Style and script stand in the page and are named by their hash (CSP Level 3 §2.3.1), so that nothing else runs. */
export function pageOf({ language, title, style, body, script }: PageParts): Page {
  const { text } = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
${script === undefined ? '' : markup`<script>${new Markup(script)}</script>`}
</body>
</html>
`;
  return { language, text, contentSecurityPolicy: policyOf(style, script) };
}

function policyOf(style: string, script: string | undefined): string {
  const scripts = script === undefined ? [] : [`script-src ${sourceOf(script)}`, "connect-src 'self'"];
  return [
    "default-src 'none'",
    `style-src ${sourceOf(style)}`,
    ...scripts,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function sourceOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

export function sendPage(reply: FastifyReply, { language, text, contentSecurityPolicy }: Page): FastifyReply {
  return reply
    .headers({ 'content-security-policy': contentSecurityPolicy, 'content-language': language })
    .type('text/html; charset=utf-8')
    .send(text);
}
