type Props = {
  readonly label: string;
  readonly value: number;
  readonly valueText: string;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  /** In a recording, whose values are what they were. */
  readonly isAtRest?: boolean;
};

/** A range that says its value in words. */
export function Slider({
  label,
  value,
  valueText,
  min = 0,
  max,
  isAtRest = false,
  onChange,
}: Props) {
  return (
    <label class="control-slider">
      {label}: {valueText}
      <input
        type="range"
        min={min}
        max={max}
        step={1}
        value={value}
        disabled={isAtRest}
        aria-label={label}
        aria-valuetext={valueText}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  );
}
