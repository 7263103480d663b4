import type { Locale } from '@valetkey/contracts';
import { brand } from './brand.markup.ts';
import { markup } from './markup.ts';
import { type Page, pageOf } from './page.ts';
import { pageStyle } from './page.style.ts';

const texts: Record<Locale, { title: string; explanation: string; developers: string }> = {
  en: {
    title: 'Access, lent and taken back',
    explanation:
      'This service looks after who may use the software of your organization. There is nothing to sign in to here: ' +
      'open that software, or follow the link of a mail.',
    developers: 'For developers: the API',
  },
  pt: {
    title: 'Acesso emprestado e devolvido',
    explanation:
      'Este serviço cuida de quem pode usar o software da sua organização. Aqui não há onde entrar: ' +
      'abra esse software ou siga o link de um e-mail.',
    developers: 'Para desenvolvedores: a API',
  },
};

/** What stands where mails say they come from. */
export function homePage(language: Locale): Page {
  const { title, explanation, developers } = texts[language];
  const body = markup`<main>
${brand}
<h1>${title}</h1>
<p>${explanation}</p>
<p><a href="docs">${developers}</a></p>
</main>`;
  return pageOf({ language, title: `${title} · Valetkey`, style: pageStyle, body });
}
