import { useState } from 'preact/hooks';
import type { Parameter } from '#demo/definition.ts';
import { parseValue, problemWith, type Value } from '#demo/parameters.ts';

type Props<T extends Parameter = Parameter> = {
  /** Unique on the page. */
  readonly id: string;
  readonly parameter: T;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
};

type Of<Type extends Parameter['type']> = Props<Extract<Parameter, { type: Type }>>;

/** The control of one parameter, by its schema. */
export function ParameterControl({ parameter, ...props }: Props) {
  switch (parameter.type) {
    case 'text':
      return <TextControl {...props} parameter={parameter} />;
    case 'choice':
      return parameter.choices.length > 4 ? (
        <SelectControl {...props} parameter={parameter} />
      ) : (
        <ChoiceControl {...props} parameter={parameter} />
      );
    case 'number':
      return <NumberControl {...props} parameter={parameter} />;
    case 'flag':
      return <FlagControl {...props} parameter={parameter} />;
  }
}

function Help({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p class="control-help" id={`${id}-help`}>
      {text}
    </p>
  );
}

const described = (id: string, text: string | undefined) =>
  text === undefined ? {} : { 'aria-describedby': `${id}-help` };

function TextControl({ id, parameter, value, onChange }: Of<'text'>) {
  return (
    <div class="control">
      <label for={id}>{parameter.label}</label>
      <input
        id={id}
        type="text"
        value={String(value)}
        maxLength={parameter.maxLength}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onChange(event.currentTarget.value)}
        {...described(id, parameter.help)}
      />
      <Help id={id} text={parameter.help} />
    </div>
  );
}

function ChoiceControl({ id, parameter, value, onChange }: Of<'choice'>) {
  return (
    <fieldset class="control">
      <legend>{parameter.label}</legend>
      <div class="control-choices">
        {parameter.choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      <Help id={id} text={parameter.help} />
    </fieldset>
  );
}

function SelectControl({ id, parameter, value, onChange }: Of<'choice'>) {
  return (
    <div class="control">
      <label for={id}>{parameter.label}</label>
      <select
        id={id}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...described(id, parameter.help)}
      >
        {parameter.choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Help id={id} text={parameter.help} />
    </div>
  );
}

/** Keeps what is being typed, and hands on only what the schema allows. */
function NumberControl({ id, parameter, value, onChange }: Of<'number'>) {
  const [draft, setDraft] = useState<string>();
  const problem =
    draft === undefined ? undefined : problemWith(parameter, parseValue(parameter, draft));
  const typed = (text: string) => {
    const parsed = parseValue(parameter, text);
    setDraft(text);
    if (problemWith(parameter, parsed) === undefined) onChange(parsed as number);
  };
  const help =
    problem === undefined ? parameter.help : `This ${problem}. Until then: ${String(value)}.`;
  return (
    <div class="control">
      <label for={id}>
        {parameter.label}
        {parameter.unit !== undefined && <span class="control-unit"> ({parameter.unit})</span>}
      </label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        value={draft ?? String(value)}
        min={parameter.min}
        max={parameter.max}
        step={parameter.step}
        aria-invalid={problem !== undefined}
        onInput={(event) => typed(event.currentTarget.value)}
        onBlur={() => setDraft(undefined)}
        {...described(id, help)}
      />
      <Help id={id} text={help} />
    </div>
  );
}

function FlagControl({ id, parameter, value, onChange }: Of<'flag'>) {
  return (
    <div class="control control-flag">
      <label for={id}>
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          {...described(id, parameter.help)}
        />
        <span>{parameter.label}</span>
      </label>
      <Help id={id} text={parameter.help} />
    </div>
  );
}
