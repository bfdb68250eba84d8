import type { Row } from '#capture/row.ts';
import { words } from '#words/instrument.ts';
import { violationWords, type RuleCode } from '#words/violations.ts';
import { SectionLink } from './SectionLink.tsx';

type Broken = { readonly code: RuleCode; readonly section?: string; readonly closeCode?: number };

/** The rules that a row's octets break: named, with their section and the close code that follows. */
export function Violations({ row }: { readonly row: Row }) {
  const broken = brokenRules(row.data);
  if (broken.length === 0) return null;
  return (
    <div class="violations">
      <h3>{words.violations.title(broken.length)}</h3>
      <ul>
        {broken.map(({ code, section, closeCode }) => (
          <li key={code}>
            <p>
              {violationWords[code]}
              {closeCode !== undefined && ` ${words.violations.closesWith(closeCode)}`}
            </p>
            <p>
              <code>{code}</code>
              {section !== undefined && (
                <>
                  {' · '}
                  <SectionLink section={section} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Octets that could not be laid out at all have the one rule that kept them from it. */
function brokenRules({ violations, code }: Row['data']): readonly Broken[] {
  const unread =
    typeof code === 'string' && code in violationWords ? [{ code: code as RuleCode }] : [];
  return [...unread, ...((violations ?? []) as readonly Broken[])];
}
