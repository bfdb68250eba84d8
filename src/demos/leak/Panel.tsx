import { useRef, useState } from 'preact/hooks';
import type { Row } from '#capture/row.ts';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { askAs, tellOrigin } from './client.ts';
import type demo from './demo.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** Two people, one address, and what each of them was shown. */
export default function Panel({ bench, control }: Props) {
  const { address, rows, saw, values } = bench;
  const told = useRef<{ readonly address: string; readonly repair: string }>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const greetings = rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'greeting');

  const ask = async (user: string) => {
    if (address === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      // The origin of a new run says what it says by default.
      const known = told.current?.address === address ? told.current.repair : 'none';
      if (known !== values.repair) await tellOrigin(address, values.repair, saw);
      told.current = { address, repair: values.repair };
      await askAs(user, address, values.repair, saw);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setBusy(false);
  };
  return (
    <>
      {control('repair')}
      <div class="panel-actions">
        {['Ada', 'Bert'].map((user) => (
          <button
            key={user}
            type="button"
            class="go"
            disabled={address === undefined || isBusy}
            onClick={() => void ask(user)}
          >
            Ask as {user}
          </button>
        ))}
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(greetings.at(-1))}
      </p>
      {greetings.length > 0 && <Greetings greetings={greetings} />}
    </>
  );
}

function verdict(greeting: Row | undefined): string {
  if (greeting === undefined) return 'Ask as Ada, then as Bert.';
  const { user, greeted, age } = greetingOf(greeting);
  const from =
    age === undefined ? 'It came from the origin' : `It was kept by the cache, Age ${age}`;
  return user === greeted
    ? `${user} is greeted as ${greeted}. ${from}.`
    : `A leak: ${user} is greeted as ${greeted}. ${from}.`;
}

type Greeting = {
  readonly user: string;
  readonly greeted: string;
  readonly repair: string;
  readonly age?: string;
};

const greetingOf = ({ data }: Row) => data as Greeting;

function Greetings({ greetings }: { readonly greetings: readonly Row[] }) {
  return (
    <PanelTable name="Greetings" columns={['Asked as', 'Greeted as', 'Age', 'The origin says']}>
      {greetings.toReversed().map((row) => {
        const { user, greeted, age, repair } = greetingOf(row);
        return (
          <tr key={row.number}>
            <th scope="row">{user}</th>
            <td>{user === greeted ? greeted : `${greeted}, a leak`}</td>
            <td>{age === undefined ? 'none' : `${age} s`}</td>
            <td>{repair}</td>
          </tr>
        );
      })}
    </PanelTable>
  );
}
