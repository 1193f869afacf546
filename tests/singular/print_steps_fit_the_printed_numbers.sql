-- The step of a printed number is one of its own digits: 0.1 fits 7.0 and 100 fits 3900, but 100 does not fit 3940.
-- In scientific notation it is the last digit printed: 4.70e2 has a step of 1.
-- The quotient of a number of 13 digits and its step carries the error of its last bit.
select
    published_value_id,
    as_printed,
    print_step
from {{ ref('published_values') }}
where
    abs(cast(as_printed as double) / print_step - round(cast(as_printed as double) / print_step))
    > 1e-9 + 1e-15 * abs(cast(as_printed as double) / print_step)
    or (as_printed not like '%e%' and as_printed like '%.%' and print_step > 0.1)
    or (as_printed not like '%e%' and as_printed not like '%.%' and print_step < 1)
    or (
        as_printed like '%e%'
        and abs(
            print_step
            / pow(
                10.0,
                cast(split_part(as_printed, 'e', 2) as integer)
                - length(split_part(split_part(as_printed, 'e', 1), '.', 2))
            )
            - 1
        ) > 1e-9
    )
