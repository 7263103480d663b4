import { type Html, html } from './html.ts';
import type { Detail, Letter } from './letter.ts';

const page =
  'margin:0;padding:24px 12px;background:#f4f4f5;color:#18181b;font:16px/1.5 system-ui,-apple-system,sans-serif';
const card = 'max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border-radius:8px';
const button =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff;text-decoration:none';
const small = 'margin:16px 0 0;color:#52525b;font-size:14px';
const paragraph = 'margin:0 0 16px';
const item = 'margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #d4d4d8';

/** Styles inline and no images, for mail programs drop the one and block the other. */
export function renderHtml(letter: Letter): string {
  const { locale, subject } = letter;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${subject}</title>
      </head>
      <body style="${page}">
        <div role="article" aria-label="${subject}" style="${card}">
          <h1 style="margin:0 0 16px;font-size:20px">${subject}</h1>
          ${contentHtml(letter)}
        </div>
      </body>
    </html> `.text;
}

function contentHtml({ body, details = [], items = [], action, notes, origin }: Letter): Html[] {
  return [
    ...body.map((text) => html`<p style="${paragraph}">${text}</p> `),
    ...(details.length > 0 ? [html`<p style="${paragraph}">${detailsHtml(details)}</p> `] : []),
    ...items.map((one) => html`<p style="${item}">${one.text}<br />${detailsHtml(one.details)}</p> `),
    ...(action ? [actionHtml(action)] : []),
    ...notes.map((note) => html`<p style="${small}">${note}</p> `),
    ...(origin
      ? [html`<p style="${small}">Valetkey, <a href="${origin}" style="color:#1d4ed8">${origin}</a></p> `]
      : []),
  ];
}

function detailsHtml(details: readonly Detail[]): Html[] {
  return details.map(
    ({ label, value }, index) =>
      html`${index > 0 ? html`<br />` : ''}<span style="color:#52525b">${label}:</span> ${value}`,
  );
}

/** The address in full too, for those whose mail program shows no button. */
function actionHtml({ label, url }: NonNullable<Letter['action']>): Html {
  return html`<p style="margin:24px 0"><a href="${url}" style="${button}">${label}</a></p>
    <p style="${small};word-break:break-all"><a href="${url}" style="color:#1d4ed8">${url}</a></p> `;
}
